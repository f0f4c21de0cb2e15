package io.proffer.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.proffer.cli.client.ClientException;
import io.proffer.cli.client.OperatorClient;
import io.proffer.cli.client.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;

/** The machines that will be away, or are. */
@Command(
    name = "maintenance",
    description = {
      "Lists the machines that will be out of service, or are, and what frameworks say to it.",
      "'proffer maintenance schedule', 'start' and 'stop' change that."
    })
public final class MaintenanceCommand extends View {
  private static final String SCHEDULE = "get_maintenance_schedule";
  private static final String STATUS = "get_maintenance_status";

  @Override
  JsonNode ask(OperatorClient master) throws ClientException {
    var both = JsonNodeFactory.instance.objectNode();
    both.set(SCHEDULE, master.ask("GET_MAINTENANCE_SCHEDULE").path(SCHEDULE));
    both.set(STATUS, master.ask("GET_MAINTENANCE_STATUS").path(STATUS));
    return both;
  }

  @Override
  String text(JsonNode answer) {
    return table(answer).toString();
  }

  static Table table(JsonNode answer) {
    var status = answer.path(STATUS).path("status");
    var down = new ArrayList<String>();
    status.path("down_machines").forEach(id -> down.add(Machine.of(id).toString()));
    Map<String, List<String>> answers = new TreeMap<>();
    for (var machine : status.path("draining_machines")) {
      for (var one : machine.path("statuses")) {
        answers
            .computeIfAbsent(Machine.of(machine.path("id")).toString(), none -> new ArrayList<>())
            .add(Cells.id(one.path("framework_id")) + ":" + one.path("status").asText());
      }
    }
    var table = new Table("MACHINE", "STATE", "FROM", "FOR", "ANSWERS");
    for (var window : answer.path(SCHEDULE).path("schedule").path("windows")) {
      for (var id : window.path("machine_ids")) {
        var machine = Machine.of(id).toString();
        table.row(
            machine,
            down.contains(machine) ? "down" : "draining",
            Cells.time(window.path("unavailability").path("start")),
            duration(window.path("unavailability").path("duration")),
            answers.containsKey(machine) ? String.join(",", answers.get(machine)) : "-");
      }
    }
    return table;
  }

  /** {@code 2h30m}; what nobody knows is a dash. */
  private static String duration(JsonNode duration) {
    long nanos = duration.path("nanoseconds").asLong();
    return nanos == 0
        ? "-"
        : Duration.ofNanos(nanos).toString().substring(2).toLowerCase(java.util.Locale.ROOT);
  }
}
