package io.proffer.cli.bench.framework;

import io.proffer.api.v1.Offer;
import io.proffer.api.v1.OfferID;
import io.proffer.api.v1.Resource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The offers a scheduler holds, and how many tasks fit into one. */
final class Stock {
  private final List<Resource> need;
  private final Map<String, Offer> offers = new LinkedHashMap<>();

  /**
   * @param need of one task, scalars only
   */
  Stock(List<Resource> need) {
    this.need = List.copyOf(need);
  }

  void add(Offer offer) {
    offers.put(offer.getId().getValue(), offer);
  }

  void remove(String id) {
    offers.remove(id);
  }

  /** Takes the oldest offer into which at least one task fits; smaller ones are forgotten. */
  Optional<Offer> take() {
    var oldest = offers.values().iterator();
    while (oldest.hasNext()) {
      var offer = oldest.next();
      oldest.remove();
      if (room(offer) > 0) {
        return Optional.of(offer);
      }
    }
    return Optional.empty();
  }

  /** Takes all offers. */
  List<OfferID> takeAll() {
    var all = offers.values().stream().map(Offer::getId).toList();
    offers.clear();
    return all;
  }

  boolean isEmpty() {
    return offers.isEmpty();
  }

  void clear() {
    offers.clear();
  }

  /** How many tasks fit into an offer. */
  int room(Offer offer) {
    var most = Integer.MAX_VALUE;
    for (var one : need) {
      double there = 0;
      for (var resource : offer.getResourcesList()) {
        if (resource.getName().equals(one.getName())) {
          there += resource.getScalar().getValue();
        }
      }
      // Amounts have three decimals; half of the last one forgives binary fractions.
      most = Math.min(most, (int) ((there + 0.0005) / one.getScalar().getValue()));
    }
    return most;
  }
}
