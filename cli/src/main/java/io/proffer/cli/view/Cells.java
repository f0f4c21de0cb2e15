package io.proffer.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** How values of the API look in a table. */
final class Cells {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ISO_LOCAL_DATE_TIME.withZone(ZoneId.systemDefault());

  private Cells() {}

  static String id(JsonNode id) {
    return id.path("value").asText("-");
  }

  /** {@code cpus:4;mem:4096}: scalars summed over reservations, other kinds as they are counted. */
  static String resources(JsonNode resources) {
    Map<String, BigDecimal> sums = new TreeMap<>();
    for (var resource : resources) {
      var amount =
          switch (resource.path("type").asText()) {
            case "SCALAR" -> new BigDecimal(resource.path("scalar").path("value").asText("0"));
            case "RANGES" -> members(resource.path("ranges").path("range"));
            default -> BigDecimal.valueOf(resource.path("set").path("item").size());
          };
      sums.merge(resource.path("name").asText(), amount, BigDecimal::add);
    }
    return sums.isEmpty()
        ? "-"
        : sums.entrySet().stream()
            .map(entry -> entry.getKey() + ":" + number(entry.getValue()))
            .collect(Collectors.joining(";"));
  }

  static String names(JsonNode list) {
    return list.isEmpty()
        ? "-"
        : StreamSupport.stream(list.spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.joining(","));
  }

  /** A {@code TimeInfo} in local time, to the second. */
  static String time(JsonNode time) {
    long nanos = time.path("nanoseconds").asLong();
    return nanos == 0
        ? "-"
        : TIME.format(Instant.ofEpochSecond(0, nanos).truncatedTo(ChronoUnit.SECONDS));
  }

  /** Seconds since 1970, as documents of ours have them. */
  static String seconds(JsonNode time) {
    return TIME.format(Instant.ofEpochSecond(time.asLong()));
  }

  private static BigDecimal members(JsonNode ranges) {
    long count = 0;
    for (var range : ranges) {
      count += range.path("end").asLong() - range.path("begin").asLong() + 1;
    }
    return BigDecimal.valueOf(count);
  }

  private static String number(BigDecimal value) {
    return value.setScale(3, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
  }
}
