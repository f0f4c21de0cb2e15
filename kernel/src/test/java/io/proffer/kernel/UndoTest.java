package io.proffer.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class UndoTest {
  private final Undo undo = new Undo();
  private final List<Integer> taken = new ArrayList<>();

  @Test
  void theYoungestWriteIsTakenBackFirst() {
    undo.record(() -> taken.add(1));
    undo.record(() -> taken.add(2));
    undo.rollback();
    undo.rollback();
    assertEquals(List.of(2, 1), taken);
  }

  @Test
  void whatWasClearedStays() {
    undo.record(() -> taken.add(1));
    undo.clear();
    undo.record(() -> taken.add(2));
    assertEquals(1, undo.size());
    undo.rollback();
    assertEquals(List.of(2), taken);
  }

  @Test
  void anInverseThatThrowsIsNotHidden() {
    undo.record(
        () -> {
          throw new IllegalStateException("broken");
        });
    assertThrows(IllegalStateException.class, undo::rollback);
  }
}
