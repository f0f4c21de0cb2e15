package io.proffer.master.http;

import com.google.protobuf.Message;
import io.proffer.api.auth.Authorizer;
import io.proffer.api.fuzz.FuzzTarget;
import io.proffer.api.http.Answer;
import io.proffer.api.http.Exchange;
import io.proffer.api.v1.master.Call;
import io.proffer.master.core.command.Command;
import io.proffer.master.core.command.OperatorCommand;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
  private final List<Answer> answers = new ArrayList<>();
  private final List<Message> told = new ArrayList<>();
  private final Pending pending = new Pending(Duration.ofSeconds(1).toNanos(), () -> 0);
  private final FormEndpoints endpoints =
      new FormEndpoints(new Changes(asked::add, pending), Authorizer.of(Optional.empty()));

  @Override
  public void take(byte[] input) {
    asked.clear();
    answers.clear();
    told.clear();
    endpoints.teardown(exchange(input));
    FuzzTarget.check(asked.size() + answers.size() == 1, asked.size() + " times asked for");
    var text = new String(input, StandardCharsets.UTF_8);
    if (asked.isEmpty()) {
      var answer = answers.getFirst();
      FuzzTarget.check(answer.status() == 400, "answered " + answer.status());
      FuzzTarget.check(told.isEmpty(), "told of, and not done");
      FuzzTarget.check(plain(text).isEmpty(), "refused: " + text);
      return;
    }
    var command = (OperatorCommand.Teardown) asked.getFirst();
    pending.forget(command.replyTo());
    var framework = command.framework().value();
    var call = (Call) told.getFirst();
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

  /** Of which this endpoint needs little. */
  private Exchange exchange(byte[] body) {
    return (Exchange)
        Proxy.newProxyInstance(
            Exchange.class.getClassLoader(),
            new Class<?>[] {Exchange.class},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "body" -> body;
                  case "principal" -> Optional.empty();
                  case "answer" -> answers.add((Answer) arguments[0]);
                  case "decoded" -> {
                    told.add((Message) arguments[0]);
                    yield null;
                  }
                  case "hashCode" -> System.identityHashCode(self);
                  case "equals" -> self == arguments[0];
                  case "toString" -> "the exchange";
                  default -> throw new UnsupportedOperationException(method.getName());
                });
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
