package io.proffer.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MastersTest {
  /** Who was asked, and what those say who do not do as they are asked. */
  private final List<String> asked = new ArrayList<>();

  private final Map<String, ClientException> failing = new TreeMap<>();

  private String ask(Masters masters) throws ClientException {
    return masters.ask(
        master -> {
          asked.add(master.toString());
          if (failing.containsKey(master.toString())) {
            throw failing.get(master.toString());
          }
          return master.uri("/x").toString();
        });
  }

  private static ClientException nobody(String sentence) {
    return ClientException.nobody(sentence, null);
  }

  @Test
  void oneIsAsked() throws ClientException {
    assertEquals("http://a:1/x", ask(Masters.parse("a:1", false)));
    assertEquals("https://a:5050/x", ask(Masters.parse("a", true)));
    assertEquals("http://a:1/x", ask(Masters.parse("http://a:1", true)));
  }

  @Test
  void ofAListTheNextIsAskedUntilOneAnswersAndThenThatOne() throws ClientException {
    var masters = Masters.parse("a:1, b:2,https://c:3", false);
    failing.put("a:1", nobody("Nothing listens at a:1."));
    failing.put("b:2", ClientException.leaderless("b:2 does not lead yet."));
    assertEquals("https://c:3/x", ask(masters));
    assertEquals(List.of("a:1", "b:2", "c:3"), asked);
    assertEquals("https://c:3/x", ask(masters));
    assertEquals(List.of("a:1", "b:2", "c:3", "c:3"), asked);
  }

  @Test
  void whenNobodyAnswersAllAreSaid() {
    failing.put("a:1", ClientException.leaderless("a:1 does not lead yet."));
    failing.put("b:2", nobody("Nothing listens at b:2."));
    var failure = assertThrows(ClientException.class, () -> ask(Masters.parse("a:1,b:2", false)));
    assertEquals("a:1 does not lead yet. Nothing listens at b:2.", failure.getMessage());
    assertTrue(failure.isLeaderless());
    assertTrue(failure.temporary());
    failing.put("a:1", nobody("Nothing listens at a:1."));
    failure = assertThrows(ClientException.class, () -> ask(Masters.parse("a:1,b:2", false)));
    assertTrue(failure.isNobodyThere());
  }

  /** It may have been carried out: to ask another one could do it twice. */
  @Test
  void whatBrokeOffIsNotAskedOfAnotherUntilTheNextCall() throws ClientException {
    var masters = Masters.parse("a:1,b:2", false);
    failing.put("a:1", ClientException.unreachable("broke off", null));
    assertThrows(ClientException.class, () -> ask(masters));
    assertEquals(List.of("a:1"), asked);
    assertEquals("http://b:2/x", ask(masters));
  }

  @Test
  void aRefusalIsFinal() {
    failing.put("a:1", ClientException.refused("no"));
    assertThrows(ClientException.class, () -> ask(Masters.parse("a:1,b:2", false)));
    assertEquals(List.of("a:1"), asked);
  }

  @Test
  void aFileIsReadAnewEachTime(@TempDir Path directory) throws IOException, ClientException {
    var file = Files.writeString(directory.resolve("masters"), "a:1\nb:2\n");
    var masters = Masters.parse("file://" + file, true);
    failing.put("a:1", nobody("Nothing listens at a:1."));
    assertEquals("https://b:2/x", ask(masters));
    assertEquals("https://b:2/x", ask(masters));
    assertEquals(List.of("a:1", "b:2", "b:2"), asked);
    Files.writeString(file, "c:3");
    assertEquals("https://c:3/x", ask(masters));
  }

  @Test
  void whatIsWrongWithAFileIsSaid(@TempDir Path directory) throws IOException {
    var file = directory.resolve("masters");
    var masters = Masters.parse("file://" + file, false);
    assertEquals(
        "Cannot read " + file + " (--master): NoSuchFileException.",
        assertThrows(ClientException.class, () -> ask(masters)).getMessage());
    Files.writeString(file, "file://" + file);
    var wrong = assertThrows(ClientException.class, () -> ask(masters));
    assertTrue(
        wrong.getMessage().startsWith("In " + file + " (--master): Expected the address"),
        wrong::getMessage);
    assertFalse(wrong.temporary());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "a:1,",
        "a:1,b c",
        "zk://a",
        "ZK://u:secret@h:1/p",
        "zk://u:secret@h:0/p"
      })
  void anythingElseIsRefusedWithoutItsPassword(String text) {
    var refusal = assertThrows(IllegalArgumentException.class, () -> Masters.parse(text, false));
    assertTrue(refusal.getMessage().startsWith("Expected "), refusal::getMessage);
    assertFalse(refusal.getMessage().contains("secret"), refusal::getMessage);
  }
}
