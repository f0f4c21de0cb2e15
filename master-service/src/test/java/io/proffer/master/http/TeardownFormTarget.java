package io.proffer.master.http;

import io.proffer.api.auth.Authorizer;
import io.proffer.api.fuzz.FuzzTarget;
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
import java.util.regex.Pattern;

/**
 * The form of {@code /teardown}, as the endpoint takes it. Each is refused with a sentence or ends
 * one framework: the one that the audit log is told of, and that stands there first.
 */
public final class TeardownFormTarget implements FuzzTarget {
  private static final int MOST_PARAMETERS = 1_000;

  /** What needs no decoding, so that another reading of it is short. */
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9_-]+(=[A-Za-z0-9_-]*)?(&[A-Za-z0-9_-]+(=[A-Za-z0-9_-]*)?)*+");

  private final List<Command> asked = new ArrayList<>();
  private final FakeExchanges exchanges = new FakeExchanges();
  private final Pending pending = new Pending(Duration.ofSeconds(1).toNanos(), () -> 0);
  private final FormEndpoints endpoints =
      new FormEndpoints(new Changes(asked::add, pending), Authorizer.of(Optional.empty()));

  @Override
  public void take(byte[] input) {
    asked.clear();
    exchanges.clear();
    endpoints.teardown(exchanges.by("POST", Optional.empty(), input, Map.of()));
    FuzzTarget.check(
        asked.size() + exchanges.answers.size() == 1, asked.size() + " times asked for");
    var text = new String(input, StandardCharsets.UTF_8);
    if (asked.isEmpty()) {
      var answer = exchanges.answers.getFirst();
      FuzzTarget.check(answer.status() == 400, "answered " + answer.status());
      FuzzTarget.check(exchanges.told.isEmpty(), "told of, and not done");
      FuzzTarget.check(plain(text).isEmpty(), "refused: " + text);
      return;
    }
    var command = (OperatorCommand.Teardown) asked.getFirst();
    pending.forget(command.replyTo());
    var framework = command.framework().value();
    var call = (Call) exchanges.told.getFirst();
    FuzzTarget.check(
        call.getTeardown().getFrameworkId().getValue().equals(framework),
        "told of another: " + call);
    plain(text)
        .ifPresent(id -> FuzzTarget.check(id.equals(framework), framework + " instead of " + id));
  }

  private static Optional<String> plain(String form) {
    var parts = form.split("&", -1);
    return parts.length > MOST_PARAMETERS || !PLAIN.matcher(form).matches()
        ? Optional.empty()
        : Arrays.stream(parts)
            .map(part -> part.split("=", 2))
            .filter(part -> part[0].equals("frameworkId"))
            .map(part -> part.length == 2 ? part[1] : "")
            .findFirst();
  }

  @Override
  public List<byte[]> seeds() {
    return FuzzTarget.texts(
        "frameworkId=a-0001",
        "frameworkId=a-0001&frameworkId=b",
        "x=1&frameworkId=a%2D0001",
        "frameworkId=a+b;x=1",
        "frameworkId=",
        "frameworkId",
        "frameworkId=%",
        "frameworkId=%F",
        "frameworkId=%ff%fe",
        "=frameworkId=a",
        "#frameworkId=a",
        "framework_id=a",
        "{\"frameworkId\":\"a\"}",
        "x&".repeat(2_000) + "frameworkId=a");
  }
}
