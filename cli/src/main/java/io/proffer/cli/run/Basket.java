package io.proffer.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The resources of one offer while tasks are cut out of it. */
final class Basket {
  private final List<ObjectNode> pieces = new ArrayList<>();
  private final List<Long> left = new ArrayList<>();

  Basket(JsonNode offer) {
    for (var resource : offer.path("resources")) {
      // Revocable resources may be taken away, disks with a source are whole: neither fits here.
      if (resource.path("type").asText().equals("SCALAR")
          && !resource.has("revocable")
          && !resource.has("disk")) {
        pieces.add(resource.deepCopy());
        left.add(Math.round(resource.path("scalar").path("value").asDouble() * 1000));
      }
    }
  }

  /**
   * The resources for one task, taken out of what is left; empty if it does not suffice. Pieces
   * keep their reservation and allocation, as the master asks for.
   */
  Optional<List<ObjectNode>> take(Scalars need) {
    if (!suffices(need)) {
      return Optional.empty();
    }
    var taken = new ArrayList<ObjectNode>();
    need.thousandths()
        .forEach(
            (name, amount) -> {
              long missing = amount;
              for (int i = 0; i < pieces.size() && missing > 0; i++) {
                if (name(i).equals(name) && left.get(i) > 0) {
                  long part = Math.min(missing, left.get(i));
                  taken.add(part(i, part));
                  left.set(i, left.get(i) - part);
                  missing -= part;
                }
              }
            });
    return Optional.of(taken);
  }

  private boolean suffices(Scalars need) {
    Map<String, Long> sums = new HashMap<>();
    for (int i = 0; i < pieces.size(); i++) {
      sums.merge(name(i), left.get(i), Long::sum);
    }
    return need.thousandths().entrySet().stream()
        .allMatch(entry -> sums.getOrDefault(entry.getKey(), 0L) >= entry.getValue());
  }

  private String name(int index) {
    return pieces.get(index).path("name").asText();
  }

  private ObjectNode part(int index, long thousandths) {
    var part = pieces.get(index).deepCopy();
    part.putObject("scalar").put("value", thousandths / 1000.0);
    return part;
  }
}
