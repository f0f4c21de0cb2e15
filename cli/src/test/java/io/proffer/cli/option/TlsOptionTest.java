package io.proffer.cli.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.flags.WrongFlagException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Flags that may stand alone, before the arguments of a command. */
class TlsOptionTest {
  @Command
  private static final class Any {
    @Mixin private final TlsOption tls;
    @Parameters private List<String> arguments = List.of();

    private Any(Map<String, String> variables) {
      tls = new TlsOption(variables::get);
    }
  }

  private static Any parse(String... words) {
    return parse(Map.of(), words);
  }

  private static Any parse(Map<String, String> variables, String... words) {
    var command = new Any(variables);
    new CommandLine(command).parseArgs(words);
    return command;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
                              | false | false
          --zk_ssl            | true  | false
          --zk_ssl true       | true  | false
          --zk_ssl false      | false | false
          --zk_ssl=true       | true  | false
          --zk_ssl=1          | true  | false
          --zk_ssl=0          | false | false
          --ssl_enabled       | false | true
          --ssl_enabled=1     | false | true
          --ssl_enabled false | false | false
          """)
  void anArgumentAfterThemIsOneOfTheCommand(String words, boolean zooKeeper, boolean enabled) {
    var all = ((words == null ? "" : words + " ") + "AGENT_ID").split(" ");
    var parsed = parse(all);
    assertEquals(List.of("AGENT_ID"), parsed.arguments);
    assertEquals(zooKeeper, parsed.tls.zooKeeper().isPresent());
    assertEquals(enabled, parsed.tls.isEnabled());
  }

  @Test
  void whatIsNeitherTrueNorFalseIsRefused() {
    for (var flag : List.of("--zk_ssl", "--ssl_enabled")) {
      for (var wrong : List.of("maybe", "")) {
        var error =
            assertThrows(
                CommandLine.ParameterException.class, () -> parse(flag + "=" + wrong, "A"));
        assertEquals(
            "Invalid value for option '%s': Expected true or false, but got '%s'"
                .formatted(flag, wrong),
            error.getMessage().replace(" (BOOLEAN)", ""));
      }
    }
  }

  /** An empty text must not mean that anybody is believed. */
  @Test
  void serversAreVerifiedUnlessItIsSaidThatTheyAreNot() {
    assertTrue(parse().tls.material().isEmpty());
    assertTrue(parse("--ssl_verify_server_cert=1").tls.material().isEmpty());
    assertFalse(verifies(parse("--ssl_verify_server_cert=0")));
    for (var wrong : List.of("", "null", "maybe")) {
      var tls = parse("--ssl_verify_server_cert=" + wrong).tls;
      assertThrows(WrongFlagException.class, tls::material);
    }
  }

  private static boolean verifies(Any parsed) {
    return parsed.tls.material().orElseThrow().settings().verifyServer();
  }

  @Test
  void variablesSayItWhereNoFlagDoes() {
    assertTrue(parse(Map.of("PROFFER_ZK_SSL", "1")).tls.zooKeeper().isPresent());
    assertFalse(parse(Map.of("PROFFER_ZK_SSL", "1"), "--zk_ssl=0").tls.zooKeeper().isPresent());
    assertTrue(parse(Map.of("LIBPROCESS_SSL_ENABLED", "true")).tls.isEnabled());
    var both = Map.of("PROFFER_SSL_ENABLED", "0", "LIBPROCESS_SSL_ENABLED", "1");
    assertFalse(parse(both).tls.isEnabled());
    assertFalse(verifies(parse(Map.of("LIBPROCESS_SSL_VERIFY_SERVER_CERT", "false"))));
    var nothing =
        Map.of(
            "PROFFER_ZK_SSL", "", "PROFFER_SSL_ENABLED", "", "PROFFER_SSL_VERIFY_SERVER_CERT", "");
    assertTrue(parse(nothing).tls.material().isEmpty());
    assertFalse(parse(nothing).tls.isEnabled());
  }

  @Test
  void aWrongVariableIsNamedWhenItIsNeededAndNotBefore() {
    var parsed = parse(Map.of("PROFFER_ZK_SSL", "yes"), "AGENT_ID");
    assertFalse(parsed.tls.isEnabled());
    var wrong = assertThrows(WrongFlagException.class, () -> parsed.tls.zooKeeper());
    assertTrue(wrong.getMessage().contains("got 'yes'"), wrong.getMessage());
  }
}
