package io.proffer.master.http;

import io.proffer.api.v1.InverseOffer;
import io.proffer.api.v1.Offer;
import io.proffer.api.v1.master.Response;
import io.proffer.master.core.fact.Capabilities;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.Maintenance;
import io.proffer.master.words.FrameworkWords;
import io.proffer.master.words.OfferWords;
import java.util.ArrayList;
import java.util.List;

/** The long answers of POST /api/v1 (json-shapes, section 4). */
final class V1Documents {
  /** Offers are shown to operators in full, whatever their framework can handle. */
  private static final Capabilities ALL =
      new Capabilities(true, true, true, true, true, true, true, true);

  private V1Documents() {}

  static Document agents(View view) {
    return new Document(
        Response.Type.GET_AGENTS,
        Response.Type.GET_AGENTS_VALUE,
        agents(view, Response.GET_AGENTS_FIELD_NUMBER));
  }

  static Document frameworks(View view) {
    return new Document(
        Response.Type.GET_FRAMEWORKS,
        Response.Type.GET_FRAMEWORKS_VALUE,
        frameworks(view, Response.GET_FRAMEWORKS_FIELD_NUMBER));
  }

  static Document tasks(View view) {
    return new Document(
        Response.Type.GET_TASKS,
        Response.Type.GET_TASKS_VALUE,
        tasks(view, Response.GET_TASKS_FIELD_NUMBER));
  }

  static Document executors(View view) {
    return new Document(
        Response.Type.GET_EXECUTORS,
        Response.Type.GET_EXECUTORS_VALUE,
        executors(view, Response.GET_EXECUTORS_FIELD_NUMBER));
  }

  static Document state(View view) {
    return new Document(
        Response.Type.GET_STATE,
        Response.Type.GET_STATE_VALUE,
        state(view, Response.GET_STATE_FIELD_NUMBER));
  }

  /** {@code get_state}, as GET_STATE has it and the first event of an operator's stream. */
  static Document.Group state(View view, int number) {
    return new Document.Group(
        "get_state",
        number,
        List.of(
            tasks(view, Response.GetState.GET_TASKS_FIELD_NUMBER),
            executors(view, Response.GetState.GET_EXECUTORS_FIELD_NUMBER),
            frameworks(view, Response.GetState.GET_FRAMEWORKS_FIELD_NUMBER),
            agents(view, Response.GetState.GET_AGENTS_FIELD_NUMBER)));
  }

  private static Document.Group agents(View view, int number) {
    return new Document.Group(
        "get_agents",
        number,
        List.of(
            new Document.Rows<>(V1Rows.AGENTS, view.agents()),
            new Document.Rows<>(V1Rows.RECOVERED_AGENTS, view.recovered())));
  }

  private static Document.Group frameworks(View view, int number) {
    var directory = Directory.of(view);
    var scheme = view.snapshot().master().scheme();
    return new Document.Group(
        "get_frameworks",
        number,
        List.of(
            new Document.Rows<>(
                V1Rows.passing(
                    "frameworks",
                    Response.GetFrameworks.FRAMEWORKS_FIELD_NUMBER,
                    framework ->
                        FrameworkWords.of(
                            framework,
                            offers(framework, directory, view.snapshot().maintenance(), scheme),
                            inverseOffers(framework, directory, scheme))),
                view.frameworks()),
            new Document.Rows<>(
                V1Rows.passing(
                    "completed_frameworks",
                    Response.GetFrameworks.COMPLETED_FRAMEWORKS_FIELD_NUMBER,
                    framework -> FrameworkWords.of(framework, List.of(), List.of())),
                view.completedFrameworks())));
  }

  /** Those of command tasks are not listed: only their agents know them. */
  private static Document.Group executors(View view, int number) {
    return new Document.Group(
        "get_executors", number, List.of(new Document.Rows<>(V1Rows.EXECUTORS, view.executors())));
  }

  private static Document.Group tasks(View view, int number) {
    return new Document.Group(
        "get_tasks",
        number,
        List.of(
            new Document.Rows<>(V1Rows.TASKS, view.tasks()),
            new Document.Rows<>(V1Rows.UNREACHABLE_TASKS, view.unreachableTasks()),
            new Document.Rows<>(V1Rows.COMPLETED_TASKS, view.completedTasks())));
  }

  private static List<InverseOffer> inverseOffers(
      Framework framework, Directory directory, String scheme) {
    var offers = new ArrayList<InverseOffer>();
    for (var offer : directory.inverseOffersOf(framework.id())) {
      var agent = directory.agent(offer.agent());
      if (agent != null) {
        offers.add(OfferWords.inverse(offer, agent, scheme));
      }
    }
    return offers;
  }

  private static List<Offer> offers(
      Framework framework, Directory directory, Maintenance maintenance, String scheme) {
    var offers = new ArrayList<Offer>();
    for (var offer : directory.offersOf(framework.id())) {
      var agent = directory.agent(offer.agent());
      if (agent != null) {
        offers.add(
            OfferWords.of(
                offer,
                agent,
                directory.executorsBeside(offer),
                maintenance.of(agent),
                ALL,
                scheme));
      }
    }
    return offers;
  }
}
