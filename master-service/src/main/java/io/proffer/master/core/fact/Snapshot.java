package io.proffer.master.core.fact;

import io.proffer.api.id.AgentId;
import io.proffer.api.v1.AgentInfo;

/**
 * All tables as they were at one turn, for readers on other threads. Taking it copies page pointers
 * only; rows are immutable.
 *
 * @param frames how many frames the core had left before: what came of them is in here, and nothing
 *     of later ones
 * @param version grows whenever something becomes true: of two snapshots of one master with the
 *     same one all rows are the same
 * @param recovered agents of the registry that have not come back yet
 * @param completedFrameworks the newest last
 * @param executors custom ones; those of command tasks only their agents know
 * @param completedTasks of live and completed frameworks, the newest last
 * @param unreachableAgents how many agents are marked unreachable
 * @param roles their weights and quotas
 * @param maintenance what is planned for machines
 * @param inverseOffers what frameworks are asked about that
 * @param inverseAnswers what they answered last
 * @param deactivated agents that get no offers by an order, wherever they are
 */
public record Snapshot(
    long frames,
    long version,
    MasterFacts master,
    io.proffer.kernel.table.Snapshot<Agent> agents,
    io.proffer.kernel.table.Snapshot<AgentInfo> recovered,
    io.proffer.kernel.table.Snapshot<Framework> frameworks,
    io.proffer.kernel.table.Snapshot<Framework> completedFrameworks,
    io.proffer.kernel.table.Snapshot<Offer> offers,
    io.proffer.kernel.table.Snapshot<Executor> executors,
    io.proffer.kernel.table.Snapshot<Task> tasks,
    io.proffer.kernel.table.Snapshot<Task> unreachableTasks,
    io.proffer.kernel.table.Snapshot<Task> completedTasks,
    int unreachableAgents,
    RoleSettings roles,
    Maintenance maintenance,
    io.proffer.kernel.table.Snapshot<InverseOffer> inverseOffers,
    io.proffer.kernel.table.Snapshot<InverseAnswer> inverseAnswers,
    io.proffer.kernel.table.Snapshot<AgentId> deactivated) {}
