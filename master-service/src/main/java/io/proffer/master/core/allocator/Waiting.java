package io.proffer.master.core.allocator;

import java.util.ArrayList;
import java.util.List;

/**
 * Agents that wait to be visited. A run takes their list over as it is: there may be as many as the
 * cluster has, and a run must begin within a turn.
 */
final class Waiting {
  private List<AgentEntry> urgent = new ArrayList<>();
  private List<AgentEntry> patient = new ArrayList<>();

  /** Each list that was ever begun has a number, by which an agent knows that it is in it. */
  private long lists = 2;

  private long urgentList = 1;

  /** An agent may be in both lists, but in each once: urgent runs take only the one. */
  private long patientList = 2;

  /** As soon as may be. */
  void addSoon(AgentEntry agent) {
    if (agent.waitsSoonIn != urgentList) {
      agent.waitsSoonIn = urgentList;
      urgent.add(agent);
    }
  }

  /** In the next periodic run, if not sooner. */
  void addLater(AgentEntry agent) {
    if (agent.waitsSoonIn != urgentList && agent.waitsLaterIn != patientList) {
      agent.waitsLaterIn = patientList;
      patient.add(agent);
    }
  }

  /** The urgent ones wait no more; some may be removed by now. */
  List<AgentEntry> takeUrgent() {
    var taken = urgent;
    urgent = new ArrayList<>();
    urgentList = ++lists;
    return taken;
  }

  /** Nobody waits any more; some may be there twice, or be removed by now. */
  List<AgentEntry> takeAll() {
    var taken = takeUrgent();
    taken.addAll(patient);
    patient = new ArrayList<>();
    patientList = ++lists;
    return taken;
  }
}
