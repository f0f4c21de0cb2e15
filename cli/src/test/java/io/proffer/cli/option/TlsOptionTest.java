package io.proffer.cli.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
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
    @Mixin private TlsOption tls = new TlsOption();
    @Parameters private List<String> arguments = List.of();
  }

  private static Any parse(String... words) {
    var command = new Any();
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
    for (var flag : List.of("--zk_ssl", "--ssl_enabled", "--ssl_verify_server_cert")) {
      var wrong =
          assertThrows(CommandLine.ParameterException.class, () -> parse(flag + "=maybe", "A"));
      assertEquals(
          "Invalid value for option '%s': Expected true or false, but got 'maybe'".formatted(flag),
          wrong.getMessage().replace(" (BOOLEAN)", ""));
    }
  }
}
