package io.proffer.master.words;

import io.proffer.api.id.AgentId;
import io.proffer.api.v1.allocator.InverseOfferStatus;
import io.proffer.api.v1.maintenance.ClusterStatus;
import io.proffer.master.core.fact.InverseAnswer;
import io.proffer.master.core.fact.Maintenance;
import io.proffer.master.core.fact.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How far maintenance has come, as operators see it. */
public final class MaintenanceWords {
  private MaintenanceWords() {}

  /**
   * Machines that wait for it, with what frameworks said to it, and those that are out of service.
   */
  public static ClusterStatus status(Snapshot snapshot) {
    var maintenance = snapshot.maintenance();
    var answers = answers(snapshot);
    var words = ClusterStatus.newBuilder().addAllDownMachines(maintenance.down());
    for (var machine : maintenance.draining()) {
      words.addDrainingMachines(
          ClusterStatus.DrainingMachine.newBuilder()
              .setId(machine)
              .addAllStatuses(answers.getOrDefault(Maintenance.key(machine), List.of())));
    }
    return words.build();
  }

  /** By machine: of all its agents. */
  private static Map<String, List<InverseOfferStatus>> answers(Snapshot snapshot) {
    var found = new HashMap<String, List<InverseOfferStatus>>();
    if (snapshot.inverseAnswers().size() == 0) {
      return found;
    }
    var machines = new HashMap<AgentId, String>();
    for (var agent : snapshot.agents()) {
      machines.put(agent.id(), Maintenance.key(agent.info().getHostname(), agent.ip()));
    }
    for (var answer : snapshot.inverseAnswers()) {
      found
          .computeIfAbsent(machines.get(answer.agent()), none -> new ArrayList<>())
          .add(status(answer));
    }
    return found;
  }

  private static InverseOfferStatus status(InverseAnswer answer) {
    return InverseOfferStatus.newBuilder()
        .setStatus(
            answer.accepted()
                ? InverseOfferStatus.Status.ACCEPT
                : InverseOfferStatus.Status.DECLINE)
        .setFrameworkId(answer.framework().message())
        .setTimestamp(Times.info(answer.at()))
        .build();
  }
}
