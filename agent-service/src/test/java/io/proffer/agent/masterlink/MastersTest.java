package io.proffer.agent.masterlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MastersTest {
  @Test
  void aListIsGoneThroughInACircle() throws IOException {
    var masters = Masters.of("a:1, b:2");
    assertEquals(new Masters.Address("a", 1), masters.at(0).address());
    assertEquals(new Masters.Address("b", 2), masters.at(1).address());
    assertEquals(new Masters.Address("a", 1), masters.at(2).address());
  }

  @Test
  void anAddressMayBeOfVersionSix() throws IOException {
    assertEquals("[::1]:5050", Masters.of("[::1]:5050").at(0).address().toString());
  }

  @Test
  void aFileIsReadAnewEachTime(@TempDir Path directory) throws IOException {
    var file = Files.writeString(directory.resolve("masters"), "a:1\n");
    var masters = Masters.of("file://" + file);
    assertEquals("a:1", masters.at(0).address().toString());
    Files.writeString(file, "b:2\n");
    assertEquals("b:2", masters.at(0).address().toString());
  }

  @Test
  void aFileThatIsNotThereIsSaid(@TempDir Path directory) throws IOException {
    var file = directory.resolve("masters");
    var masters = Masters.of("file://" + file);
    var refusal = assertThrows(IOException.class, () -> masters.at(0));
    assertEquals(
        "cannot read '" + file + "' (--master): NoSuchFileException", refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "host",
        "host:",
        ":5050",
        "host:0",
        "host:70000",
        "host:x",
        "zk://z",
        "ZK://u:secret@h/p"
      })
  void anythingElseIsRefusedWithASentence(String text) {
    var refusal = assertThrows(IllegalArgumentException.class, () -> Masters.of(text));
    assertTrue(refusal.getMessage().startsWith("Expected a "), refusal.getMessage());
    assertFalse(refusal.getMessage().contains("secret"), refusal.getMessage());
  }

  @Test
  void thePasswordOfAUrlIsNotShown() {
    assertEquals("zk://u:***@h:1/p", Masters.of("zk://u:secret@h:1/p").shown());
    assertEquals("a:1,b:2", Masters.of("a:1,b:2").shown());
    assertEquals("file:///m", Masters.of("file:///m").shown());
  }

  @Test
  void aRedirectNeedsNoScheme() {
    var from = new Masters.Address("a", 1);
    assertEquals("b:2", Redirects.target("//b:2/path", from).toString());
    assertEquals("a:1", Redirects.target("/path", from).toString());
    assertThrows(IllegalArgumentException.class, () -> Redirects.target("http://", from));
  }
}
