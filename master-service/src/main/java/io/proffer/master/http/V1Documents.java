package io.proffer.master.http;

import io.proffer.api.v1.Offer;
import io.proffer.api.v1.master.Response;
import io.proffer.master.core.fact.Capabilities;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.Snapshot;
import io.proffer.master.words.AgentWords;
import io.proffer.master.words.ExecutorWords;
import io.proffer.master.words.FrameworkWords;
import io.proffer.master.words.OfferWords;
import io.proffer.master.words.TaskWords;
import java.util.ArrayList;
import java.util.List;

/** The long answers of POST /api/v1 (json-shapes, section 4). */
final class V1Documents {
  /** Offers are shown to operators in full, whatever their framework can handle. */
  private static final Capabilities ALL =
      new Capabilities(true, true, true, true, true, true, true, true);

  private V1Documents() {}

  static Document agents(Snapshot snapshot) {
    return new Document(
        Response.Type.GET_AGENTS,
        Response.Type.GET_AGENTS_VALUE,
        agents(snapshot, Response.GET_AGENTS_FIELD_NUMBER));
  }

  static Document frameworks(Snapshot snapshot) {
    return new Document(
        Response.Type.GET_FRAMEWORKS,
        Response.Type.GET_FRAMEWORKS_VALUE,
        frameworks(snapshot, Response.GET_FRAMEWORKS_FIELD_NUMBER));
  }

  static Document tasks(Snapshot snapshot) {
    return new Document(
        Response.Type.GET_TASKS,
        Response.Type.GET_TASKS_VALUE,
        tasks(snapshot, Response.GET_TASKS_FIELD_NUMBER));
  }

  static Document executors(Snapshot snapshot) {
    return new Document(
        Response.Type.GET_EXECUTORS,
        Response.Type.GET_EXECUTORS_VALUE,
        executors(snapshot, Response.GET_EXECUTORS_FIELD_NUMBER));
  }

  static Document state(Snapshot snapshot) {
    return new Document(
        Response.Type.GET_STATE,
        Response.Type.GET_STATE_VALUE,
        state(snapshot, Response.GET_STATE_FIELD_NUMBER));
  }

  /** {@code get_state}, as GET_STATE has it and the first event of an operator's stream. */
  static Document.Group state(Snapshot snapshot, int number) {
    return new Document.Group(
        "get_state",
        number,
        List.of(
            tasks(snapshot, Response.GetState.GET_TASKS_FIELD_NUMBER),
            executors(snapshot, Response.GetState.GET_EXECUTORS_FIELD_NUMBER),
            frameworks(snapshot, Response.GetState.GET_FRAMEWORKS_FIELD_NUMBER),
            agents(snapshot, Response.GetState.GET_AGENTS_FIELD_NUMBER)));
  }

  private static Document.Group agents(Snapshot snapshot, int number) {
    return new Document.Group(
        "get_agents",
        number,
        List.of(
            new Document.Rows(
                "agents",
                Response.GetAgents.AGENTS_FIELD_NUMBER,
                Lazily.map(snapshot.agents(), AgentWords::of)),
            new Document.Rows(
                "recovered_agents",
                Response.GetAgents.RECOVERED_AGENTS_FIELD_NUMBER,
                snapshot.recovered())));
  }

  private static Document.Group frameworks(Snapshot snapshot, int number) {
    var directory = Directory.ofOffers(snapshot);
    return new Document.Group(
        "get_frameworks",
        number,
        List.of(
            new Document.Rows(
                "frameworks",
                Response.GetFrameworks.FRAMEWORKS_FIELD_NUMBER,
                Lazily.map(
                    snapshot.frameworks(),
                    framework -> FrameworkWords.of(framework, offers(framework, directory)))),
            new Document.Rows(
                "completed_frameworks",
                Response.GetFrameworks.COMPLETED_FRAMEWORKS_FIELD_NUMBER,
                Lazily.map(
                    snapshot.completedFrameworks(),
                    framework -> FrameworkWords.of(framework, List.of())))));
  }

  /** Those of command tasks are not listed: only their agents know them. */
  private static Document.Group executors(Snapshot snapshot, int number) {
    return new Document.Group(
        "get_executors",
        number,
        List.of(
            new Document.Rows(
                "executors",
                Response.GetExecutors.EXECUTORS_FIELD_NUMBER,
                Lazily.map(snapshot.executors(), ExecutorWords::of))));
  }

  private static Document.Group tasks(Snapshot snapshot, int number) {
    return new Document.Group(
        "get_tasks",
        number,
        List.of(
            new Document.Rows(
                "tasks",
                Response.GetTasks.TASKS_FIELD_NUMBER,
                Lazily.map(snapshot.tasks(), TaskWords::of)),
            new Document.Rows(
                "unreachable_tasks",
                Response.GetTasks.UNREACHABLE_TASKS_FIELD_NUMBER,
                Lazily.map(snapshot.unreachableTasks(), TaskWords::of)),
            new Document.Rows(
                "completed_tasks",
                Response.GetTasks.COMPLETED_TASKS_FIELD_NUMBER,
                Lazily.map(snapshot.completedTasks(), TaskWords::of))));
  }

  private static List<Offer> offers(Framework framework, Directory directory) {
    var offers = new ArrayList<Offer>();
    for (var offer : directory.offersOf(framework.id())) {
      var agent = directory.agent(offer.agent());
      if (agent != null) {
        offers.add(OfferWords.of(offer, agent, directory.executorsBeside(offer), ALL));
      }
    }
    return offers;
  }
}
