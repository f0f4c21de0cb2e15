package io.proffer.e2e.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How {@code bin/proffer} starts the JVM, in a checkout whose JDK only says how it was called. */
@Timeout(60)
final class LauncherTest {
  private static final Path SCRIPT =
      Path.of(System.getProperty("project.root", ".."), "bin", "proffer");

  @TempDir Path directory;

  private Path root;
  private Path jar;
  private Path jdk;

  @BeforeEach
  void makeACheckout() throws Exception {
    root = directory.toRealPath().resolve("checkout");
    Files.createDirectories(root.resolve("bin"));
    Files.copy(SCRIPT, root.resolve("bin/proffer"), StandardCopyOption.COPY_ATTRIBUTES);
    jar = root.resolve("cli/target/proffer.jar");
    Files.createDirectories(jar.getParent());
    Files.createFile(jar);
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(60)));
    jdk = directory.resolve("jdk");
    Files.createDirectories(jdk.resolve("bin"));
    Files.createDirectories(jdk.resolve("lib"));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
    executable(jdk.resolve("bin/javac"), "exit 1\n");
    executable(
        jdk.resolve("bin/java"),
        "echo \"letters=${LC_ALL:-}\"\n"
            + "for argument; do\n"
            + "  case $argument in\n"
            + "    -XX:ArchiveClassesAtExit=*) echo once | tee -a '%s' >\"${argument#*=}\" ;;\n"
                .formatted(made())
            + "  esac\n"
            + "  echo \"$argument\"\n"
            + "done\n");
  }

  /** One line for each archive of classes that was made. */
  private Path made() {
    return directory.resolve("made");
  }

  private static void executable(Path file, String script) throws Exception {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    Files.writeString(file, "#!/bin/sh\n" + script, StandardOpenOption.APPEND);
  }

  /** Those arguments of the JVM that are there whatever else tunes it: from the class path on. */
  private List<String> end(Map<String, String> environment, int count, String... arguments)
      throws Exception {
    var lines = all(environment, arguments);
    return lines.subList(lines.size() - count, lines.size());
  }

  private List<String> all(Map<String, String> environment, String... arguments) throws Exception {
    var all = new TreeMap<>(environment);
    all.put("JAVA_HOME", jdk.toString());
    var command = new ArrayList<>(List.of("sh", root.resolve("bin/proffer").toString()));
    command.addAll(List.of(arguments));
    try (var script = Tool.example(directory, all, command.toArray(String[]::new))) {
      assertEquals(0, script.await(), script::everything);
      return script.out().lines().toList();
    }
  }

  @Test
  void itRunsTheJar() throws Exception {
    assertEquals(
        List.of("-jar", jar.toString(), "master", "--hostname=a b"),
        end(Map.of(), 4, "master", "--hostname=a b"));
    assertEquals(
        List.of("-jar", jar.toString(), "tasks"), end(Map.of("PROFFER_CLASSPATH", ""), 3, "tasks"));
  }

  @Test
  void aMasterHasTheCacheThatWasMadeForIt() throws Exception {
    Files.writeString(jar.resolveSibling("master.aot"), "as made by a JVM");
    assertEquals(
        List.of(
            "-XX:AOTCache=" + jar.resolveSibling("master.aot"),
            "--enable-native-access=ALL-UNNAMED",
            "-jar",
            jar.toString(),
            "master"),
        end(Map.of(), 5, "master"));
    assertEquals(List.of("-jar", jar.toString(), "tasks"), end(Map.of(), 3, "tasks"));
  }

  @Test
  void anAgentHasAnArchiveThatIsMadeForItsJarAndJdkAndSaysNothingOfIt() throws Exception {
    var modules = Files.createFile(jdk.resolve("lib/modules"));
    for (var start = 0; start < 2; start++) {
      assertEquals(
          List.of(
              "-Xlog:aot*=off",
              "-Xlog:cds*=off",
              "-XX:SharedArchiveFile=" + jar.resolveSibling("agent.jsa"),
              "-jar",
              jar.toString(),
              "agent"),
          end(Map.of(), 6, "agent"));
      assertEquals(1, Files.readAllLines(made()).size());
    }
    // Older than the archive, and not the one that it is of.
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(600)));
    all(Map.of(), "agent");
    assertEquals(2, Files.readAllLines(made()).size());
    Files.writeString(modules, "of another JDK");
    all(Map.of(), "agent");
    assertEquals(3, Files.readAllLines(made()).size());
  }

  @Test
  void anArchiveThatCannotBeMadeIsTriedOnce() throws Exception {
    Files.writeString(
        jdk.resolve("bin/java"),
        "#!/bin/sh\ncase $1 in -XX:Arch*) echo once >>'%s' ;; esac\necho \"$@\"\n"
            .formatted(made()));
    for (var start = 0; start < 2; start++) {
      assertFalse(all(Map.of(), "agent").getLast().contains("SharedArchiveFile"));
      assertEquals(1, Files.readAllLines(made()).size());
    }
  }

  @Test
  void aLocaleThatIsNotThereDoesNotMakeTheJvmReadAscii() throws Exception {
    for (var locale : List.of("C", "POSIX", "xx_XX.UTF-8")) {
      var environment = Map.of("LC_ALL", "", "LC_CTYPE", "", "LANG", locale);
      assertEquals("letters=C.UTF-8", all(environment, "tasks").getFirst());
    }
    var environment = Map.of("LC_ALL", "", "LC_CTYPE", "", "LANG", "C.UTF-8");
    assertEquals("letters=", all(environment, "tasks").getFirst());
  }

  @Test
  void jarsOfASiteAreOnTheClassPathOfEveryCommand() throws Exception {
    for (var command : List.of("master", "local", "agent", "tasks")) {
      assertEquals(
          List.of(
              "--enable-native-access=ALL-UNNAMED",
              "-cp",
              jar + ":/opt/site policies/a.jar:b.jar",
              "io.proffer.cli.Proffer",
              command,
              "--port=0"),
          end(
              Map.of("PROFFER_CLASSPATH", "/opt/site policies/a.jar:b.jar"),
              6,
              command,
              "--port=0"));
    }
  }
}
