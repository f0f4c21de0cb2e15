package io.proffer.master.core.allocator;

import io.proffer.api.resource.Quantities;
import io.proffer.api.resource.Thousandths;
import io.proffer.api.v1.OfferFilters;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is worth an offer: at least one of these amounts (allocator, section 5).
 *
 * @param alternatives any of them is enough; none at all: whatever is not empty is worth it
 */
public record MinAllocatable(List<Quantities> alternatives) {
  /** What {@code --min_allocatable_resources} is when nobody sets it. */
  public static final String DEFAULT = "cpus:0.01|mem:32";

  public MinAllocatable {
    alternatives = List.copyOf(alternatives);
  }

  /**
   * Reads {@code cpus:0.01|mem:32}: alternatives by {@code |}, amounts of one by {@code ;}. Empty
   * text: anything.
   *
   * @throws io.proffer.api.resource.ResourceParseException when the text is something else
   */
  public static MinAllocatable parse(String text) {
    var alternatives = new ArrayList<Quantities>();
    for (var alternative : text.split("\\|", -1)) {
      if (!alternative.isBlank()) {
        alternatives.add(Quantities.parse(alternative));
      }
    }
    return new MinAllocatable(alternatives);
  }

  /** What a framework asks for a role of its own. */
  static MinAllocatable of(OfferFilters.MinAllocatableResources message) {
    var alternatives = new ArrayList<Quantities>();
    for (var quantities : message.getQuantitiesList()) {
      var amounts = new TreeMap<String, Long>();
      quantities
          .getQuantitiesMap()
          .forEach((name, scalar) -> amounts.put(name, Thousandths.of(scalar.getValue())));
      alternatives.add(Quantities.of(amounts));
    }
    return new MinAllocatable(alternatives);
  }

  /** For people: {@code cpus:0.01 or mem:32}. */
  String text() {
    return alternatives.isEmpty()
        ? "anything"
        : alternatives.stream().map(Quantities::toString).collect(Collectors.joining(" or "));
  }
}
