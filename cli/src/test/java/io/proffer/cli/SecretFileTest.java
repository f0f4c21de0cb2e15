package io.proffer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command line says of a file with a secret, where no master answers. */
@Timeout(60)
class SecretFileTest {
  @TempDir Path directory;
  private Path secret;

  @BeforeEach
  void write() throws IOException {
    secret = Files.writeString(directory.resolve("secret"), "wonder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"state", "agents", "logs t1", "events", "run --command=true"})
  void oneThatOthersCanReadIsWarnedOfInOneLine(String command) throws IOException {
    for (var open : List.of("rw-r-----", "rw----r--")) {
      Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString(open));
      var first = said(command).lines().findFirst().orElse("");
      assertEquals(
          "proffer %s: --secret_file=%s holds secrets, and others than its owner can get at it: chmod 600 %s"
              .formatted(command.split(" ", -1)[0], secret, secret),
          first);
    }
  }

  @Test
  void itMayBeSpelledWithAHyphen() {
    assertEquals(said("events"), said("events", "--secret-file="));
  }

  @Test
  void oneForItsOwnerAloneIsNot() throws IOException {
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    assertFalse(said("state").contains("chmod"), "there is nothing to say");
  }

  private String said(String command) {
    return said(command, "--secret_file=");
  }

  private String said(String command, String flag) {
    var err = new StringWriter();
    var line = Proffer.commandLine();
    line.setErr(new PrintWriter(err, true));
    var arguments = new ArrayList<>(List.of(command.split(" ", -1)));
    arguments.addAll(List.of("--master=127.0.0.1:1", "--principal=alice", flag + secret));
    assertEquals(1, line.execute(arguments.toArray(String[]::new)), err::toString);
    return err.toString();
  }
}
