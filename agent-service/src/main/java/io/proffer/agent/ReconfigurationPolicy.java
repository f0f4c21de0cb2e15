package io.proffer.agent;

import io.proffer.api.resource.Resources;
import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.Attribute;
import io.proffer.api.v1.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an agent may announce otherwise than in an earlier run; the words of {@code
 * --reconfiguration_policy}.
 */
public enum ReconfigurationPolicy {
  /** Nothing. */
  equal,
  /** A domain, resources and attributes may be added; host name and port may not change. */
  additive;

  /**
   * The first difference this policy does not allow, as words for the operator.
   *
   * @param anyPort whether the operator leaves the port to chance
   */
  Optional<String> violation(AgentInfo before, AgentInfo now, boolean anyPort) {
    if (!before.getHostname().equals(now.getHostname())) {
      return differs("host name", before.getHostname(), now.getHostname());
    }
    if (!anyPort && before.getPort() != now.getPort()) {
      return differs("port", before.getPort(), now.getPort());
    }
    if (before.hasDomain() && !before.getDomain().equals(now.getDomain())) {
      return differs("domain", before.getDomain(), now.getDomain());
    }
    var had = Resources.of(before.getResourcesList());
    var has = Resources.of(now.getResourcesList());
    return switch (this) {
      case equal -> {
        if (before.hasDomain() != now.hasDomain()) {
          yield differs("domain", "none", now.getDomain());
        }
        if (!had.equals(has)) {
          yield differs("resources", had, has);
        }
        yield before.getAttributesList().equals(now.getAttributesList())
            ? Optional.empty()
            : differs("attributes", words(before), words(now));
      }
      case additive -> {
        if (!has.contains(had)) {
          yield differs("resources", had, has);
        }
        yield before.getAttributesList().stream()
                .allMatch(attribute -> isKept(attribute, now.getAttributesList()))
            ? Optional.empty()
            : differs("attributes", words(before), words(now));
      }
    };
  }

  /** Ranges may grow; all else stays as it is. */
  private static boolean isKept(Attribute before, List<Attribute> now) {
    for (var attribute : now) {
      if (attribute.equals(before)) {
        return true;
      }
      if (attribute.getName().equals(before.getName())
          && attribute.getType() == Value.Type.RANGES
          && before.getType() == Value.Type.RANGES
          && before.getRanges().getRangeList().stream()
              .allMatch(range -> isWithin(range, attribute.getRanges()))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isWithin(Value.Range range, Value.Ranges all) {
    return all.getRangeList().stream()
        .anyMatch(
            wider -> wider.getBegin() <= range.getBegin() && wider.getEnd() >= range.getEnd());
  }

  private static Optional<String> differs(String what, Object before, Object now) {
    return Optional.of("%s: '%s' before, '%s' now".formatted(what, before, now));
  }

  /** As the flag is written. */
  private static String words(AgentInfo info) {
    return info.getAttributesList().stream()
        .map(attribute -> attribute.getName() + ":" + value(attribute))
        .collect(Collectors.joining(";"));
  }

  private static String value(Attribute attribute) {
    return switch (attribute.getType()) {
      case SCALAR ->
          BigDecimal.valueOf(attribute.getScalar().getValue()).stripTrailingZeros().toPlainString();
      case RANGES ->
          attribute.getRanges().getRangeList().stream()
              .map(range -> range.getBegin() + "-" + range.getEnd())
              .collect(Collectors.joining(", ", "[", "]"));
      case SET -> "{" + String.join(", ", attribute.getSet().getItemList()) + "}";
      case TEXT -> attribute.getText().getValue();
    };
  }
}
