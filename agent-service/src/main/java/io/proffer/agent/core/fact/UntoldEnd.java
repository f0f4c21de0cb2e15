package io.proffer.agent.core.fact;

import io.proffer.api.v1.ExecutorInfo;

/**
 * An executor that ended while no master listened. It is listed in subscriptions until one has
 * heard how it ended.
 *
 * @param status as wait(2) gives it, -1 when unknown
 */
public record UntoldEnd(ExecutorInfo info, int status) {}
