package io.proffer.master.core.validate;

import io.proffer.api.resource.Amount;
import io.proffer.api.resource.Kind;
import io.proffer.api.resource.ResourceListValidation;
import io.proffer.api.resource.Resources;
import io.proffer.api.resource.ScalarAmount;
import io.proffer.api.v1.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** What tasks and their executor must not do with resources together. */
final class ResourceUse {
  private ResourceUse() {}

  static List<Resource> joined(List<Resource> left, List<Resource> right) {
    var both = new ArrayList<>(left);
    both.addAll(right);
    return both;
  }

  static Optional<String> checkUniqueAndUnmixed(
      List<Resource> resources, String duplicate, String mixed) {
    return ResourceListValidation.checkPersistenceIds(resources)
        .map(duplicate::concat)
        .or(() -> ResourceListValidation.checkRevocableMix(resources).map(mixed::concat));
  }

  /** Ports and other things that exist once must not be used twice; numbers add up, and may. */
  static Optional<String> checkOverlap(String whose, List<Resource> own, List<Resource> executors) {
    var left = Resources.of(own);
    var right = Resources.of(executors);
    var taken = new LinkedHashMap<Kind, Amount>();
    for (var element : right) {
      if (!(element.amount() instanceof ScalarAmount)) {
        taken.put(element.kind(), element.amount());
      }
    }
    for (var element : left) {
      var other = taken.get(element.kind());
      if (other != null && !element.amount().minus(other).equals(element.amount())) {
        return Optional.of(
            "There are overlapping resources in the "
                + whose
                + " resources "
                + left
                + " and executor resources "
                + right);
      }
    }
    return Optional.empty();
  }
}
