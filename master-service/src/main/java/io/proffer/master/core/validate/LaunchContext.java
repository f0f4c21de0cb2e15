package io.proffer.master.core.validate;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.ExecutorInfo;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What the master knows about a launch, as far as tasks are judged by it.
 *
 * @param handlesLimits whether the agent has the capability TASK_RESOURCE_LIMITS
 * @param isLive whether the framework has a task of this id that is not completed
 * @param isUnreachable whether it has an unreachable one
 * @param runningExecutor the framework's executor of this id on the agent
 * @param available what is left of the offers, with their allocation role
 */
public record LaunchContext(
    FrameworkId framework,
    AgentId agent,
    boolean handlesLimits,
    Predicate<String> isLive,
    Predicate<String> isUnreachable,
    Function<String, Optional<ExecutorInfo>> runningExecutor,
    Resources available) {}
