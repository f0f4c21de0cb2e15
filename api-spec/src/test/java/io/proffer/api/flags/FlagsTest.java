package io.proffer.api.flags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

class FlagsTest {
  static final class Config {
    @Option(names = "--port", defaultValue = "5050")
    int port;

    @Option(
        names = {"--ping", "--old_ping"},
        defaultValue = "15secs")
    Duration ping;

    @Option(names = "--size", defaultValue = "8MB")
    Bytes size;

    @Option(names = "--lookup", defaultValue = "true")
    boolean lookup;

    @Option(names = "--checkpoint")
    boolean checkpoint;

    @Option(names = "--quiet")
    Optional<Duration> timeout = Optional.empty();

    @Option(names = "--env")
    List<String> env = List.of();

    @Option(names = "--command")
    String command;
  }

  @Command(name = "serve", mixinStandardHelpOptions = true)
  static final class Serve implements Callable<Integer> {
    @Mixin Config config = new Config();

    @Override
    public Integer call() {
      if (config.port == 1234) {
        throw new WrongFlagException("--port", "Expected a port that is free, but got '1234'");
      }
      return 0;
    }
  }

  private final StringWriter err = new StringWriter();

  private Config read(Map<String, String> environment, String... arguments) {
    var serve = new Serve();
    var root = Flags.tool(CommandLine.Model.CommandSpec.create().name("proffer"));
    root.addSubcommand("serve", new Flags(environment).service("master", serve));
    root.setErr(new PrintWriter(err, true));
    var all = new String[arguments.length + 1];
    all[0] = "serve";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    assertEquals(0, root.execute(all), err::toString);
    return serve.config;
  }

  private String refusal(Map<String, String> environment, String... arguments) {
    var line = new Flags(environment).service("master", new Serve());
    line.setErr(new PrintWriter(err, true));
    assertEquals(2, line.execute(arguments));
    return err.toString();
  }

  @Test
  void aValueFoundWrongLaterIsToldLikeOneThatCouldNotBeRead() {
    assertEquals(
        """
        serve: Invalid value for option '--port': Expected a port that is free, but got '1234'. (The value came from the environment variable MESOS_PORT.)
        See 'serve --help'.
        """,
        refusal(Map.of("MESOS_PORT", "1234")));
  }

  @Test
  void numbersAndDurationsAreNotNegative() {
    assertTrue(
        refusal(Map.of(), "--port=-1")
            .contains("Expected a whole number of at least 0, but got '-1'."));
    assertTrue(
        refusal(Map.of(), "--ping=-1secs")
            .contains("Expected no negative duration, but got '-1secs'."));
  }

  @Test
  void defaultsHoldWhereNothingIsSaid() {
    var config = read(Map.of());
    assertEquals(5050, config.port);
    assertEquals(Duration.ofSeconds(15), config.ping);
    assertEquals(8 << 20, config.size.value());
    assertTrue(config.lookup);
    assertEquals(Optional.empty(), config.timeout);
  }

  @Test
  void aValueFollowsAsAnArgumentOrAfterAnEqualsSign() {
    assertEquals(1, read(Map.of(), "--port", "1").port);
    assertEquals(1, read(Map.of(), "--port=1").port);
    assertEquals(Duration.ofMillis(500), read(Map.of(), "--old_ping", "500ms").ping);
    assertEquals(Optional.of(Duration.ofNanos(0)), read(Map.of(), "--quiet=0ns").timeout);
    assertEquals("a=b --c ", read(Map.of(), "--command", "a=b --c ").command);
    assertEquals(List.of("A=1", "B=2"), read(Map.of(), "--env=A=1", "--env", "B=2").env);
  }

  @Test
  void booleansAreSwitchedInEachOfTheReferencesWays() {
    assertTrue(!read(Map.of(), "--no-lookup").lookup);
    assertTrue(!read(Map.of(), "--lookup=false").lookup);
    assertTrue(read(Map.of(), "--lookup").lookup);
    assertTrue(read(Map.of(), "--checkpoint").checkpoint);
    assertTrue(read(Map.of(), "--checkpoint=true").checkpoint);
    assertTrue(!read(Map.of("PROFFER_LOOKUP", "false")).lookup);
  }

  @Test
  void flagBeatsOwnEnvironmentBeatsReferenceEnvironmentBeatsFile(@TempDir Path dir)
      throws IOException {
    var file = Files.writeString(dir.resolve("p.properties"), "port=1\nping=1mins\n");
    var flag = "--config=" + file;
    assertEquals(1, read(Map.of(), flag).port);
    assertEquals(2, read(Map.of("MESOS_PORT", "2"), flag).port);
    assertEquals(3, read(Map.of("MESOS_PORT", "2", "PROFFER_PORT", "3"), flag).port);
    assertEquals(4, read(Map.of("PROFFER_PORT", "3"), flag, "--port", "4").port);
    assertEquals(Duration.ofMinutes(1), read(Map.of("PROFFER_CONFIG", file.toString())).ping);
    assertEquals(5050, read(Map.of("PROFFER_UNKNOWN", "x", "MESOS_SANDBOX", "y")).port);
  }

  @Test
  void flagsOfTheReferenceWithoutMeaningAreAcceptedWithAWarning() {
    assertEquals(7, read(Map.of(), "--quorum", "2", "--log_auto_initialize", "--port=7").port);
    assertEquals(
        "Warning: --quorum has no meaning here and is ignored: there is no replicated log, and with"
            + " --zk the majority of the servers of ZooKeeper counts."
            + System.lineSeparator()
            + "Warning: --log_auto_initialize has no meaning here and is ignored."
            + System.lineSeparator(),
        err.toString());
  }

  @Test
  void locksThatAreNotThereYetAreRefused() {
    assertTrue(
        refusal(Map.of(), "--firewall_rules=x").contains("--firewall_rules is not supported yet"));
    assertTrue(refusal(Map.of(), "--authenticate_frameworks").contains("not supported yet"));
    assertEquals(7, read(Map.of(), "--authenticate_frameworks=false", "--port=7").port);
  }

  @Test
  void locksThatAreNotThereYetAreRefusedFromTheEnvironmentToo() {
    var text = refusal(Map.of("MESOS_FIREWALL_RULES", "x"));
    assertTrue(
        text.startsWith(
            "serve: MESOS_FIREWALL_RULES is set, and --firewall_rules is not supported yet"),
        text);
    var harmless = Map.of("MESOS_AUTHENTICATE_AGENTS", "false", "MESOS_QUORUM", "2");
    assertEquals(5050, read(harmless).port);
  }

  @Test
  void anOldNameCountsInTheEnvironmentToo() {
    assertEquals(Duration.ofSeconds(1), read(Map.of("MESOS_OLD_PING", "1secs")).ping);
    var both = Map.of("MESOS_OLD_PING", "1secs", "MESOS_PING", "2secs");
    assertEquals(Duration.ofSeconds(2), read(both).ping);
    assertTrue(refusal(Map.of("MESOS_OLD_PING", "1")).contains("variable MESOS_OLD_PING"));
  }

  @Test
  void ofSourcesThatGiveAListTheFirstAloneCounts(@TempDir Path dir) throws IOException {
    var config = "--config=" + Files.writeString(dir.resolve("p.properties"), "env=C=3\n");
    var environment = Map.of("PROFFER_ENV", "B=2");
    assertEquals(List.of("A=1"), read(environment, config, "--env=A=1").env);
    assertEquals(List.of("B=2"), read(environment, config).env);
    assertEquals(List.of("C=3"), read(Map.of(), config).env);
  }

  @Test
  void aValueIsSaidToComeFromAFileOnlyWhenItDoes(@TempDir Path dir) throws IOException {
    var config = "--config=" + Files.writeString(dir.resolve("p.properties"), "port=x\n");
    assertTrue(refusal(Map.of(), config).contains("(The value came from the file " + dir));
    err.getBuffer().setLength(0);
    var typed = refusal(Map.of(), config, "--port=y");
    assertTrue(typed.contains("but got 'y'"), typed);
    assertFalse(typed.contains("came from"), typed);
  }

  @Test
  void otherUnknownFlagsAreErrorsWithASuggestion() {
    var text = refusal(Map.of(), "--prt=1");
    assertTrue(text.startsWith("serve: Unknown flag --prt. Did you mean --port?"), text);
    assertTrue(text.contains("See 'serve --help'."), text);
  }

  @Test
  void wrongValuesSayWhatWasExpectedAndWhereTheyCameFrom() {
    var text = refusal(Map.of("PROFFER_PING", "10"));
    assertTrue(text.contains("Expected a duration like 10secs"), text);
    assertTrue(text.contains("but got '10'"), text);
    assertTrue(text.contains("environment variable PROFFER_PING"), text);
  }

  @Test
  void aMissingValueAndAMissingFileAreErrors() {
    assertTrue(refusal(Map.of(), "--port").contains("--port"));
    assertTrue(refusal(Map.of(), "--config=/nowhere/x").contains("/nowhere/x"));
  }

  @Test
  void aFileThatIsNoPropertiesFileIsAnErrorWithASentence(@TempDir Path dir) throws IOException {
    var file = Files.writeString(dir.resolve("p.properties"), "ip=\\u12");
    assertTrue(
        refusal(Map.of(), "--config=" + file).contains("Expected a readable properties file"));
  }

  @Test
  void aValueMayStandInAFile(@TempDir Path dir) throws IOException {
    var file = Files.writeString(dir.resolve("size"), "1GB\n");
    assertEquals(1L << 30, read(Map.of(), "--size=file://" + file).size.value());
  }

  @Test
  void aConfigIsFilledWithoutAnyEnvironment() {
    assertEquals(0, Flags.fill(new Config(), Map.of("port", "0")).port);
    assertThrows(ParameterException.class, () -> Flags.fill(new Config(), Map.of("x", "0")));
  }
}
