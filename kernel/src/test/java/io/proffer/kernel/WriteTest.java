package io.proffer.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class WriteTest {
  @Test
  void aKeyHasOneTo512Characters() {
    assertEquals(512, Write.delete("k".repeat(512)).key().length());
    assertTrue(Write.put("k", new byte[0]).value().isPresent());
    assertThrows(IllegalArgumentException.class, () -> Write.delete(""));
    var tooLong = "k".repeat(513);
    var failure = assertThrows(IllegalArgumentException.class, () -> Write.delete(tooLong));
    assertEquals("A key has 1 to 512 characters, not 513", failure.getMessage());
  }
}
