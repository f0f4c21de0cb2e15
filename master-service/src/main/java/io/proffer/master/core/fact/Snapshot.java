package io.proffer.master.core.fact;

import io.proffer.kernel.table.Table;
import io.proffer.api.v1.AgentInfo;

/**
 * All tables as they were at one turn, for readers on other threads. Taking it copies page pointers
 * only; rows are immutable.
 *
 * @param recovered agents of the registry that have not come back yet
 * @param completedFrameworks the newest last
 * @param completedTasks of live and completed frameworks, the newest last
 * @param unreachableAgents how many agents are marked unreachable
 */
public record Snapshot(
    MasterFacts master,
    Table.Snapshot<Agent> agents,
    Table.Snapshot<AgentInfo> recovered,
    Table.Snapshot<Framework> frameworks,
    Table.Snapshot<Framework> completedFrameworks,
    Table.Snapshot<Offer> offers,
    Table.Snapshot<Task> tasks,
    Table.Snapshot<Task> unreachableTasks,
    Table.Snapshot<Task> completedTasks,
    int unreachableAgents) {}
