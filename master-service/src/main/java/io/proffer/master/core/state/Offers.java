package io.proffer.master.core.state;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.OfferId;
import io.proffer.kernel.Undo;
import io.proffer.kernel.table.Snapshot;
import io.proffer.kernel.table.Table;
import io.proffer.master.core.fact.Offer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Outstanding offers. */
public final class Offers {
  private final Undo undo;
  private final Table<OfferId, Offer> outstanding;
  private final Index<FrameworkId, OfferId> byFramework;
  private final Index<AgentId, OfferId> byAgent;
  private long nextNumber;

  Offers(Undo undo) {
    this.undo = undo;
    outstanding = new Table<>(undo);
    byFramework = new Index<>(undo);
    byAgent = new Index<>(undo);
  }

  /** An offer that is still valid. */
  public Optional<Offer> find(OfferId id) {
    return outstanding.find(id);
  }

  /** All of them, the oldest first; a copy. */
  public List<Offer> all() {
    var all = new ArrayList<Offer>(outstanding.size());
    outstanding.iterator().forEachRemaining(all::add);
    return all;
  }

  /** Those of a framework; a copy. */
  public List<OfferId> of(FrameworkId framework) {
    return byFramework.of(framework);
  }

  /** Those of an agent; a copy. */
  public List<OfferId> on(AgentId agent) {
    return byAgent.of(agent);
  }

  /** The id of the next offer, or inverse offer. */
  public OfferId nextId(String masterId) {
    return new OfferId(masterId + "-O" + nextNumber);
  }

  /** The next id is used up: by an offer, or by an inverse one. */
  void useNumber() {
    long before = nextNumber++;
    undo.record(() -> nextNumber = before);
  }

  void put(Offer offer) {
    useNumber();
    outstanding.put(offer.id(), offer);
    byFramework.add(offer.framework(), offer.id());
    byAgent.add(offer.agent(), offer.id());
  }

  void remove(Offer offer) {
    outstanding.remove(offer.id());
    byFramework.remove(offer.framework(), offer.id());
    byAgent.remove(offer.agent(), offer.id());
  }

  Snapshot<Offer> snapshot() {
    return outstanding.snapshot();
  }
}
