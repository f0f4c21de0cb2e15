package io.proffer.agent.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.agent.core.effect.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each reader gets its own answer, and its own trouble. */
class ReadersTest {
  private final List<String> seen = new ArrayList<>();
  private final Readers readers = new Readers();

  @Test
  void aReaderThatThrowsIsToldSoAndTheOthersGetTheirAnswers() {
    var bad =
        readers.expect(
            reply -> {
              throw new IllegalArgumentException("cannot word it");
            },
            failure -> seen.add("failed: " + failure.getMessage()));
    var good = readers.expect(reply -> seen.add("answered"), failure -> seen.add("no"));

    readers.deliver(new Reply.Failed(bad, "i"));
    readers.deliver(new Reply.Failed(good, "i"));

    assertEquals(List.of("failed: cannot word it", "answered"), seen);
  }

  @Test
  void anAnswerReachesItsReaderOnceAndNobodyWhoLeft() {
    var once = readers.expect(reply -> seen.add("once"), failure -> seen.add("no"));
    var gone = readers.expect(reply -> seen.add("gone"), failure -> seen.add("no"));
    readers.forget(gone);

    readers.deliver(new Reply.Failed(once, "i"));
    readers.deliver(new Reply.Failed(once, "i"));
    readers.deliver(new Reply.Failed(gone, "i"));

    assertEquals(List.of("once"), seen);
  }
}
