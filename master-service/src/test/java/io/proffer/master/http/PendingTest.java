package io.proffer.master.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.http.Answer;
import io.proffer.api.http.Header;
import java.time.Duration;
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

  private final FakeExchanges exchanges = new FakeExchanges();
  private final Pending pending = new Pending(LIMIT.toNanos(), () -> 0);

  @Test
  void ofACallThatTakesTooLongNobodyKnowsWhatBecame() {
    pending.expect(exchanges.by("POST"), () -> {});
    pending.sweep(LIMIT.toNanos());
    assertEquals(List.of(NOBODY_KNOWS), exchanges.answers);
  }

  @Test
  void ofACallThatWaitsAtTheEndOfATermNobodyKnowsWhatBecame() {
    pending.expect(exchanges.by("DELETE"), () -> {});
    pending.close();
    assertEquals(List.of(NOBODY_KNOWS), exchanges.answers);
  }

  @Test
  void aReadMayComeAgain() {
    pending.expect(snapshot -> {}, exchanges.answers::add);
    pending.expect(exchanges.by("GET"), () -> {});
    pending.close();
    for (var answer : exchanges.answers) {
      assertEquals(List.of(new Header("Retry-After", "5")), answer.headers());
    }
    assertEquals(2, exchanges.answers.size());
  }
}
