package io.proffer.master.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.http.Answer;
import io.proffer.api.http.Exchange;
import io.proffer.api.http.Header;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What those are told whose answer does not come. */
class PendingTest {
  private static final Duration LIMIT = Duration.ofSeconds(1);
  private static final Answer NOBODY_KNOWS =
      Answer.text(
              503,
              "The master did not answer in time: the call may or may not have been carried out")
          .with("X-Proffer-Outcome", "unknown");

  private final List<Answer> answers = new ArrayList<>();
  private final Pending pending = new Pending(LIMIT.toNanos(), () -> 0);

  @Test
  void ofACallThatTakesTooLongNobodyKnowsWhatBecame() {
    pending.expect(asked("POST"), () -> {});
    pending.sweep(LIMIT.toNanos());
    assertEquals(List.of(NOBODY_KNOWS), answers);
  }

  @Test
  void ofACallThatWaitsAtTheEndOfATermNobodyKnowsWhatBecame() {
    pending.expect(asked("DELETE"), () -> {});
    pending.close();
    assertEquals(List.of(NOBODY_KNOWS), answers);
  }

  @Test
  void aReadMayComeAgain() {
    pending.expect(snapshot -> {}, answers::add);
    pending.expect(asked("GET"), () -> {});
    pending.close();
    for (var answer : answers) {
      assertEquals(List.of(new Header("Retry-After", "5")), answer.headers());
    }
    assertEquals(2, answers.size());
  }

  private Exchange asked(String verb) {
    return (Exchange)
        Proxy.newProxyInstance(
            Exchange.class.getClassLoader(),
            new Class<?>[] {Exchange.class},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "method" -> verb;
                  case "answer" -> answers.add((Answer) arguments[0]);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
