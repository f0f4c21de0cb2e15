package io.proffer.master.core.state;

import io.proffer.master.core.fact.ConstraintLimits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the operator set; names are those of the flags.
 *
 * @param agentReregisterTimeout how long a lost or recovered agent may take to come back
 * @param offerTimeout when an unanswered offer is rescinded; empty for never
 * @param roles the only roles frameworks may use; empty for any
 * @param rootSubmissions whether frameworks may run as root
 * @param maxCompletedFrameworks how many completed frameworks are remembered
 * @param maxCompletedTasksPerFramework how many completed tasks of each framework are remembered
 * @param maxUnreachableTasksPerFramework how many unreachable tasks of each are remembered
 * @param turnEntities how many tasks or operations one turn may touch before it goes on in the next
 * @param maxPagedReconciliations how many answers longer than a turn one stream may wait for
 * @param maxWaitingAccepts how many ACCEPTs longer than a turn one framework may have on the way
 * @param lostAgents for how long agents are remembered that are out of reach or gone
 * @param constraints how much a framework may ask of agents
 * @param losses how many agents may become unreachable
 */
public record CoreSettings(
    Duration agentReregisterTimeout,
    Optional<Duration> offerTimeout,
    Optional<List<String>> roles,
    boolean rootSubmissions,
    int maxCompletedFrameworks,
    int maxCompletedTasksPerFramework,
    int maxUnreachableTasksPerFramework,
    int turnEntities,
    int maxPagedReconciliations,
    int maxWaitingAccepts,
    Retention lostAgents,
    ConstraintLimits constraints,
    Losses losses) {

  /** The same with this limit of losses. */
  public CoreSettings withLosses(Losses losses) {
    return new CoreSettings(
        agentReregisterTimeout,
        offerTimeout,
        roles,
        rootSubmissions,
        maxCompletedFrameworks,
        maxCompletedTasksPerFramework,
        maxUnreachableTasksPerFramework,
        turnEntities,
        maxPagedReconciliations,
        maxWaitingAccepts,
        lostAgents,
        constraints,
        losses);
  }

  /** What holds when no flag is given. */
  public static CoreSettings defaults() {
    return new CoreSettings(
        Duration.ofMinutes(10),
        Optional.empty(),
        Optional.empty(),
        true,
        50,
        1000,
        1000,
        1000,
        16,
        16,
        Retention.defaults(),
        ConstraintLimits.defaults(),
        Losses.defaults());
  }
}
