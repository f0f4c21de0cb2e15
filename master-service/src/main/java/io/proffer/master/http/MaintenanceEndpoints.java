package io.proffer.master.http;

import com.google.protobuf.Message;
import io.proffer.api.acl.Action;
import io.proffer.api.auth.Authorizer;
import io.proffer.api.http.Answer;
import io.proffer.api.http.Exchange;
import io.proffer.api.json.JsonCodec;
import io.proffer.api.json.JsonFormatException;
import io.proffer.api.v1.MachineID;
import io.proffer.api.v1.maintenance.Schedule;
import io.proffer.api.v1.master.Call;
import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.command.ReplyTo;
import io.proffer.master.core.fact.Snapshot;
import io.proffer.master.sight.Sight;
import io.proffer.master.words.MaintenanceWords;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** {@code /maintenance} and {@code /machine} (operator-api, section 3.9). */
public final class MaintenanceEndpoints {
  private final Reads reads;
  private final Changes changes;
  private final Authorizer authorizer;

  public MaintenanceEndpoints(Reads reads, Changes changes, Authorizer authorizer) {
    this.reads = reads;
    this.changes = changes;
    this.authorizer = authorizer;
  }

  /** GET and POST of {@code /maintenance/schedule}. */
  public void schedule(Exchange exchange) {
    if (exchange.method().equals("POST")) {
      plan(exchange);
    } else {
      read(
          exchange,
          Action.GET_MAINTENANCE_SCHEDULE,
          "maintenance-schedule",
          snapshot -> snapshot.maintenance().schedule());
    }
  }

  /** {@code /maintenance/status}. */
  public void status(Exchange exchange) {
    read(exchange, Action.GET_MAINTENANCE_STATUS, "maintenance-status", MaintenanceWords::status);
  }

  private void read(
      Exchange exchange, Action action, String name, Function<Snapshot, Message> words) {
    if (!mayDo(exchange, action)) {
      return;
    }
    reads.plain(
        exchange,
        Sight.of(authorizer.rights(exchange.principal())),
        name,
        Page.WHOLE,
        (view, page, draft) -> JsonCodec.write(words.apply(view.snapshot()), draft.json()));
  }

  private void plan(Exchange exchange) {
    if (!mayDo(exchange, Action.UPDATE_MAINTENANCE_SCHEDULE)) {
      return;
    }
    Schedule schedule;
    try {
      schedule = JsonCodec.decode(exchange.body(), Schedule.getDefaultInstance());
    } catch (JsonFormatException e) {
      exchange.answer(Answer.text(400, e.getMessage()));
      return;
    }
    var call = Call.newBuilder().setType(Call.Type.UPDATE_MAINTENANCE_SCHEDULE);
    call.getUpdateMaintenanceScheduleBuilder().setSchedule(schedule);
    exchange.decoded(call.build());
    changes.ask(exchange, replyTo -> new OperatorCommand.UpdateSchedule(schedule, replyTo));
  }

  /** POST of {@code /machine/down}: an array of machines. */
  public void down(Exchange exchange) {
    order(
        exchange,
        Action.START_MAINTENANCE,
        machines -> {
          var call = Call.newBuilder().setType(Call.Type.START_MAINTENANCE);
          call.getStartMaintenanceBuilder().addAllMachines(machines);
          return call.build();
        },
        OperatorCommand.StartMaintenance::new);
  }

  /** POST of {@code /machine/up}: an array of machines. */
  public void up(Exchange exchange) {
    order(
        exchange,
        Action.STOP_MAINTENANCE,
        machines -> {
          var call = Call.newBuilder().setType(Call.Type.STOP_MAINTENANCE);
          call.getStopMaintenanceBuilder().addAllMachines(machines);
          return call.build();
        },
        OperatorCommand.StopMaintenance::new);
  }

  private void order(
      Exchange exchange,
      Action action,
      Function<List<MachineID>, Call> call,
      BiFunction<List<MachineID>, ReplyTo, OperatorCommand> command) {
    if (!mayDo(exchange, action)) {
      return;
    }
    machines(exchange)
        .ifPresent(
            machines -> {
              exchange.decoded(call.apply(machines));
              changes.ask(exchange, replyTo -> command.apply(machines, replyTo));
            });
  }

  /** Empty when they are none, and the exchange was told so. */
  private static Optional<List<MachineID>> machines(Exchange exchange) {
    try {
      return Optional.of(JsonCodec.decodeList(exchange.body(), MachineID.getDefaultInstance()));
    } catch (JsonFormatException e) {
      exchange.answer(Answer.text(400, e.getMessage()));
      return Optional.empty();
    }
  }

  /** False when it may not, and was told so. */
  private boolean mayDo(Exchange exchange, Action action) {
    boolean allowed = authorizer.rights(exchange.principal()).allow(action);
    if (!allowed) {
      exchange.answer(Answer.bare(403));
    }
    return allowed;
  }
}
