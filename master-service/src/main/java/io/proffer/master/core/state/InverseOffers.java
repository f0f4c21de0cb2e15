package io.proffer.master.core.state;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.OfferId;
import io.proffer.kernel.Undo;
import io.proffer.kernel.table.Snapshot;
import io.proffer.kernel.table.Table;
import io.proffer.master.core.fact.InverseAnswer;
import io.proffer.master.core.fact.InverseOffer;
import java.util.List;
import java.util.Optional;

/** What frameworks are asked about planned maintenance, and what they answered last. */
public final class InverseOffers {
  private final Table<OfferId, InverseOffer> outstanding;
  private final Index<FrameworkId, OfferId> byFramework;
  private final Index<AgentId, OfferId> byAgent;
  private final Table<Place, InverseAnswer> answers;
  private final Index<FrameworkId, AgentId> answeredBy;
  private final Index<AgentId, FrameworkId> answeredOn;

  private record Place(AgentId agent, FrameworkId framework) {}

  InverseOffers(Undo undo) {
    outstanding = new Table<>(undo);
    byFramework = new Index<>(undo);
    byAgent = new Index<>(undo);
    answers = new Table<>(undo);
    answeredBy = new Index<>(undo);
    answeredOn = new Index<>(undo);
  }

  /** One that waits for its answer. */
  public Optional<InverseOffer> find(OfferId id) {
    return outstanding.find(id);
  }

  /** Those of a framework; a copy. */
  public List<OfferId> of(FrameworkId framework) {
    return byFramework.of(framework);
  }

  /** Those of an agent; a copy. */
  public List<OfferId> on(AgentId agent) {
    return byAgent.of(agent);
  }

  /** What a framework said last about an agent, if the plan is still the same. */
  public Optional<InverseAnswer> answer(AgentId agent, FrameworkId framework) {
    return answers.find(new Place(agent, framework));
  }

  /** Whether anybody answered about the agent. */
  public boolean isAnswered(AgentId agent) {
    return answeredOn.size(agent) > 0;
  }

  void put(InverseOffer offer) {
    outstanding.put(offer.id(), offer);
    byFramework.add(offer.framework(), offer.id());
    byAgent.add(offer.agent(), offer.id());
  }

  void remove(OfferId id) {
    var offer = outstanding.find(id).orElseThrow();
    outstanding.remove(id);
    byFramework.remove(offer.framework(), id);
    byAgent.remove(offer.agent(), id);
  }

  void answer(InverseAnswer answer) {
    answers.put(new Place(answer.agent(), answer.framework()), answer);
    answeredBy.add(answer.framework(), answer.agent());
    answeredOn.add(answer.agent(), answer.framework());
  }

  /** Whatever it refused: it may be asked again. */
  void forgetRefusals(FrameworkId framework) {
    for (var agent : answeredBy.of(framework)) {
      var place = new Place(agent, framework);
      answers.put(place, answers.find(place).orElseThrow().withoutRefusal());
    }
  }

  void forget(FrameworkId framework) {
    answeredBy.of(framework).forEach(agent -> forget(new Place(agent, framework)));
  }

  void forget(AgentId agent) {
    answeredOn.of(agent).forEach(framework -> forget(new Place(agent, framework)));
  }

  private void forget(Place place) {
    answers.remove(place);
    answeredBy.remove(place.framework(), place.agent());
    answeredOn.remove(place.agent(), place.framework());
  }

  Snapshot<InverseOffer> snapshot() {
    return outstanding.snapshot();
  }

  Snapshot<InverseAnswer> answersSnapshot() {
    return answers.snapshot();
  }
}
