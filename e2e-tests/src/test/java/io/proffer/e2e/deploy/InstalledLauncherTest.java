package io.proffer.e2e.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code deploy/proffer} where it is installed, with a Java that only says how it was called. */
@Timeout(60)
final class InstalledLauncherTest {
  private static final Pattern TUNING =
      Pattern.compile("\\b(?:common|(?:agent_|master_|bench_)?tuning)=(?:'[^']*'|\\$\\w+)");

  @TempDir Path directory;

  private Path prefix;
  private String launcher;

  @BeforeEach
  void install() throws Exception {
    prefix = Files.createDirectory(directory.toRealPath().resolve("prefix"));
    Files.createDirectory(prefix.resolve("bin"));
    launcher = Files.copy(Deployment.file("proffer"), prefix.resolve("bin/proffer")).toString();
  }

  private void java(Path home) throws Exception {
    var java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho \"$0\" $LC_ALL \"$@\"\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void itRunsTheJarWithTheJavaThatLiesBesideIt() throws Exception {
    java(prefix.resolve("java"));
    var link = Files.createSymbolicLink(directory.resolve("link"), Path.of(launcher));
    for (var called : List.of(launcher, link.toString())) {
      var outcome =
          Program.run(
              directory,
              Map.of("JAVA_HOME", "/nowhere", "LC_ALL", "", "LC_CTYPE", "", "LANG", ""),
              "sh",
              called,
              "master",
              "--port=0");
      var words = outcome.output().strip();
      assertTrue(words.startsWith(prefix + "/java/bin/java C.UTF-8 -Dio.netty.jfr"), words);
      assertTrue(words.endsWith("-jar " + prefix + "/lib/proffer.jar master --port=0"), words);
    }
  }

  @Test
  void aLocaleThatIsNotThereDoesNotMakeTheJvmReadAscii() throws Exception {
    java(prefix.resolve("java"));
    var outcome =
        Program.run(
            directory,
            Map.of("LC_ALL", "", "LC_CTYPE", "", "LANG", "xx_XX.UTF-8"),
            "sh",
            launcher,
            "tasks");
    var words = outcome.output().strip();
    assertTrue(words.startsWith(prefix + "/java/bin/java C.UTF-8 "), words);
  }

  @Test
  void itTakesJavaHomeAndMoreOptions() throws Exception {
    java(directory.resolve("jdk"));
    var outcome =
        Program.run(
            directory,
            Map.of(
                "JAVA_HOME", directory.resolve("jdk").toString(),
                "PROFFER_CLASSPATH", "/opt/site.jar",
                "PROFFER_JAVA_OPTIONS", "-Xmx1g -Xint"),
            "sh",
            launcher,
            "agent");
    var words = outcome.output().strip();
    assertTrue(
        words.endsWith(
            "-Xmx1g -Xint --enable-native-access=ALL-UNNAMED -cp "
                + prefix
                + "/lib/proffer.jar:/opt/site.jar io.proffer.cli.Proffer agent"),
        words);
  }

  @Test
  void withoutAnyJavaItSaysWhatToDo() throws Exception {
    var outcome = Program.run(directory, Map.of("JAVA_HOME", "/nowhere"), "sh", launcher, "master");
    assertEquals(1, outcome.status());
    assertTrue(outcome.output().contains("Install Java 25 or newer"), outcome.output());
  }

  /** Two launchers, one tuning: figures of a checkout hold for what is deployed. */
  @Test
  void itTunesTheJvmAsACheckoutDoes() throws Exception {
    var checkout = tuning(Files.readString(Deployment.ROOT.resolve("bin/proffer")));
    assertEquals(checkout, tuning(Deployment.text("proffer")));
    assertEquals(8, checkout.size(), checkout::toString);
  }

  private static List<String> tuning(String script) {
    return TUNING.matcher(script).results().map(MatchResult::group).toList();
  }
}
