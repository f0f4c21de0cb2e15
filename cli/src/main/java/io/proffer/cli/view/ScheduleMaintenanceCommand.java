package io.proffer.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.proffer.cli.client.ClientException;
import io.proffer.cli.client.OperatorClient;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code proffer maintenance schedule}. */
@Command(
    name = "schedule",
    description = {
      "Plans when machines will be away, in place of what was planned for them; the plans of others"
          + " stay. Frameworks that run something there are asked what they say to it.",
      "",
      "  proffer maintenance schedule node7=10.0.0.7 --start 2026-12-01T02:00 --duration 2hrs"
    })
public final class ScheduleMaintenanceCommand extends Change {
  @Parameters(
      paramLabel = "HOST=IP",
      arity = "1..*",
      converter = Machine.Converter.class,
      description = "Machines, by host name and address as their agents announce them.")
  private List<Machine> machines;

  @Option(
      names = "--start",
      paramLabel = "TIME",
      converter = Time.class,
      description =
          "From when on, as 2026-12-01T02:00 in local time, or 2026-12-01T01:00:00Z. Default: now.")
  private Optional<Instant> start = Optional.empty();

  @Option(names = "--duration", description = "For how long. Default: nobody knows.")
  private Optional<Duration> duration = Optional.empty();

  @Option(names = "--cancel", description = "Plan nothing for these machines any more.")
  private boolean cancel;

  @Override
  JsonNode ask(OperatorClient master) throws ClientException {
    var answer = master.ask("GET_MAINTENANCE_SCHEDULE");
    var old = answer.path("get_maintenance_schedule").path("schedule").path("windows");
    var call = JsonNodeFactory.instance.objectNode().put("type", "UPDATE_MAINTENANCE_SCHEDULE");
    var windows =
        call.putObject("update_maintenance_schedule").putObject("schedule").putArray("windows");
    keep(old, windows);
    if (!cancel) {
      plan(windows);
    }
    return call;
  }

  /** What is planned for others. */
  private void keep(JsonNode old, ArrayNode windows) {
    for (var window : old) {
      var kept = new ArrayList<Machine>();
      for (var id : window.path("machine_ids")) {
        var machine = Machine.of(id);
        if (machines.stream().noneMatch(machine::isSame)) {
          kept.add(machine);
        }
      }
      if (!kept.isEmpty()) {
        var copy = windows.addObject();
        Machine.put(kept, copy.putArray("machine_ids"));
        copy.set("unavailability", window.path("unavailability"));
      }
    }
  }

  private void plan(ArrayNode windows) {
    var window = windows.addObject();
    Machine.put(machines, window.putArray("machine_ids"));
    var from = start.orElseGet(Instant::now);
    var unavailability = window.putObject("unavailability");
    unavailability
        .putObject("start")
        .put("nanoseconds", from.getEpochSecond() * 1_000_000_000L + from.getNano());
    duration.ifPresent(
        time -> unavailability.putObject("duration").put("nanoseconds", time.toNanos()));
  }

  static final class Time implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
      try {
        return text.endsWith("Z")
            ? Instant.parse(text)
            : LocalDateTime.parse(text).atZone(ZoneId.systemDefault()).toInstant();
      } catch (DateTimeException e) {
        throw new TypeConversionException(
            "Expected a time like 2026-12-01T02:00, or 2026-12-01T01:00:00Z, but got '"
                + text
                + "'");
      }
    }
  }
}
