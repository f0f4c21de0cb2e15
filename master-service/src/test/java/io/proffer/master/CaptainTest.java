package io.proffer.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CaptainTest {
  private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
  private final Captain captain = new Captain(failures::add);

  @AfterEach
  void finish() {
    captain.finish(() -> {});
  }

  @Test
  void whateverKeepsATermFromBeginningIsTold() {
    var error = new LinkageError("while the registry was read");
    captain.later(
        () -> {
          throw error;
        });
    var bug = new IllegalStateException("while it began to stand by");
    captain.later(
        () -> {
          throw bug;
        });
    captain.now(() -> {});
    assertEquals(List.of(error, bug), failures);
  }

  @Test
  void whatIsWaitedForIsThrownAndNotTold() {
    var bug = new IllegalStateException();
    assertSame(
        bug,
        assertThrows(
            IllegalStateException.class,
            () ->
                captain.now(
                    () -> {
                      throw bug;
                    })));
    assertEquals(List.of(), failures);
  }
}
