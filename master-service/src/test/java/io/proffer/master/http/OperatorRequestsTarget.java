package io.proffer.master.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.proffer.api.auth.Authorizer;
import io.proffer.api.endpoint.MachineEndpoints;
import io.proffer.api.endpoint.MasterEndpoints;
import io.proffer.api.endpoint.QuotaEndpoints;
import io.proffer.api.endpoint.RouteTable;
import io.proffer.api.fuzz.FuzzTarget;
import io.proffer.api.http.Exchange;
import io.proffer.api.v1.master.Call;
import io.proffer.master.core.command.Command;
import io.proffer.master.core.command.OperatorCommand;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What operators ask for without a call: weights, quotas, maintenance, machines, explanations. The
 * first byte says which. Each is refused with a sentence or asks the core for one thing: the one
 * that the audit log is told of.
 */
public final class OperatorRequestsTarget implements FuzzTarget {
  private static final RouteTable TABLE = MasterEndpoints.table();

  private final List<Command> asked = new ArrayList<>();
  private final FakeExchanges exchanges = new FakeExchanges();
  private final Pending pending = new Pending(Duration.ofSeconds(1).toNanos(), () -> 0);
  private final Changes changes = new Changes(asked::add, pending);
  private final Authorizer anybody = Authorizer.of(Optional.empty());
  private final RoleEndpoints roles =
      new RoleEndpoints(new Snapshots(asked::add, pending, 1), changes, anybody);
  private final MaintenanceEndpoints maintenance =
      new MaintenanceEndpoints(
          new Reads(new Snapshots(asked::add, pending, 1), Reads.NOTHING, null), changes, anybody);
  private final List<Request> requests =
      List.of(
          new Request("PUT", QuotaEndpoints.WEIGHTS.path(), roles::weights),
          new Request("POST", QuotaEndpoints.QUOTA.path(), roles::quota),
          new Request("DELETE", "", roles::quota),
          new Request("POST", MachineEndpoints.SCHEDULE.path(), maintenance::schedule),
          new Request("POST", MachineEndpoints.DOWN.path(), maintenance::down),
          new Request("POST", MachineEndpoints.UP.path(), maintenance::up),
          new Request(
              "GET", MasterEndpoints.EXPLAIN.path(), new ExplainEndpoint(changes, anybody)));

  /**
   * One of them.
   *
   * @param path empty where the input is what follows {@code /quota}
   */
  private record Request(String method, String path, Consumer<Exchange> endpoint) {}

  @Override
  public void take(byte[] input) {
    if (input.length == 0) {
      return;
    }
    var request = requests.get((input[0] & 0xff) % requests.size());
    var body = Arrays.copyOfRange(input, 1, input.length);
    var text = new String(body, StandardCharsets.UTF_8);
    var path = request.path().isEmpty() ? QuotaEndpoints.QUOTA.path() + "/" + text : request.path();
    var match = TABLE.find(path);
    Map<String, List<String>> query;
    try {
      query = new QueryStringDecoder(text, false).parameters();
    } catch (IllegalArgumentException documented) {
      query = Map.of(); // Answered 400 before anybody looks at it.
    }
    if (match.isEmpty() || !takes(match.get(), request.method())) {
      return;
    }
    asked.clear();
    exchanges.clear();
    request.endpoint().accept(exchanges.by(request.method(), match, body, query));
    FuzzTarget.check(
        asked.size() + exchanges.answers.size() == 1, asked.size() + " times asked for");
    if (asked.isEmpty()) {
      var answer = exchanges.answers.getFirst();
      FuzzTarget.check(answer.status() == 400, "answered " + answer.status());
      FuzzTarget.check(exchanges.told.isEmpty(), "told of, and not done");
    } else {
      hold((OperatorCommand) asked.getFirst(), match.get().path());
    }
  }

  private static boolean takes(RouteTable.Match match, String method) {
    var methods = match.endpoint().methods();
    return methods.isEmpty() || methods.contains(method);
  }

  @SuppressWarnings("deprecation") // the wire still has the old calls
  private void hold(OperatorCommand command, String path) {
    if (command instanceof OperatorCommand.Explain explain) {
      pending.forget(explain.replyTo());
      FuzzTarget.check(exchanges.told.isEmpty(), "told of a question");
      FuzzTarget.check(!explain.framework().value().isEmpty(), "of no framework");
      return;
    }
    var call = (Call) exchanges.told.getFirst();
    boolean same =
        switch (command) {
          case OperatorCommand.UpdateWeights c -> {
            pending.forget(c.replyTo());
            yield call.getUpdateWeights().getWeightInfosList().equals(c.weights());
          }
          case OperatorCommand.SetQuota c -> {
            pending.forget(c.replyTo());
            yield call.getSetQuota().getQuotaRequest().equals(c.request());
          }
          case OperatorCommand.RemoveQuota c -> {
            pending.forget(c.replyTo());
            FuzzTarget.check(
                c.path().orElseThrow().equals("/master" + path), path + " became " + c.path());
            yield call.getRemoveQuota().getRole().equals(c.role());
          }
          case OperatorCommand.UpdateSchedule c -> {
            pending.forget(c.replyTo());
            yield call.getUpdateMaintenanceSchedule().getSchedule().equals(c.schedule());
          }
          case OperatorCommand.StartMaintenance c -> {
            pending.forget(c.replyTo());
            yield call.getStartMaintenance().getMachinesList().equals(c.machines());
          }
          case OperatorCommand.StopMaintenance c -> {
            pending.forget(c.replyTo());
            yield call.getStopMaintenance().getMachinesList().equals(c.machines());
          }
          default -> throw new AssertionError("nobody asked for " + command);
        };
    FuzzTarget.check(same, "told of another: " + call);
  }

  @Override
  public List<byte[]> seeds() {
    return FuzzTarget.texts(
        "\0[{\"role\":\"r\",\"weight\":2.5},{\"weight\":-1}]",
        "\0{\"role\":\"r\"}",
        "\1{\"role\":\"r\",\"guarantee\":[{\"name\":\"cpus\",\"type\":\"SCALAR\",\"scalar\":{\"value\":1}}]}",
        "\1[",
        "\2eng",
        "\2eng%2Fweb+a",
        "\2%",
        "\2%zz/x",
        "\2/a//",
        "\2",
        "\3{\"windows\":[{\"machine_ids\":[{\"hostname\":\"h\"}],\"unavailability\":{\"start\":{\"nanoseconds\":1}}}]}",
        "\3{}",
        "\4[{\"hostname\":\"h\",\"ip\":\"10.0.0.1\"}]",
        "\5[{}, {\"ip\":\"x\"}]",
        "\5null",
        "\6framework=a&role=r&agent=s",
        "\6framework=&agent=%20");
  }
}
