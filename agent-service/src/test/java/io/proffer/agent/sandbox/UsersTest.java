package io.proffer.agent.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UsersTest {
  @TempDir Path directory;
  private final Users users = new Users();

  @Test
  void anAccountHasItsNumbersAndAllItsGroups() throws IOException {
    var root = users.find("root").orElseThrow();
    assertEquals(0, root.uid());
    assertEquals(0, root.gid());
    assertTrue(root.groups().contains(0));
    assertTrue(root.spec().startsWith("0:0:"), root.spec());
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody-here", "0", "+0", "-0", "--help", "", "a b", "$(id -un)"})
  void whatIsNoNameIsNobody(String name) throws IOException {
    assertEquals(Optional.empty(), users.find(name));
  }

  @Test
  void whatKeepsIdFromAnsweringIsNotTakenForItsAnswer() throws IOException {
    var noId = shell("PATH=/nowhere; export PATH; exec /bin/sh \"$@\"");
    var failure = assertThrows(IOException.class, () -> new Users(noId, () -> 0).find("root"));
    assertTrue(
        failure.getMessage().startsWith("Cannot look up user 'root': id ended with 127 ("),
        failure.getMessage());
    var noRoom = shell("echo 'sh: 0: Cannot fork' >&2; exit 2");
    assertEquals(
        "Cannot look up user 'root': id ended with 2 (sh: 0: Cannot fork)",
        assertThrows(IOException.class, () -> new Users(noRoom, () -> 0).find("root"))
            .getMessage());
  }

  @Test
  void anAccountIsAskedForAgainAfterAMinute() throws IOException {
    var now = new AtomicLong();
    var asked = directory.resolve("asked");
    var counting = new Users(shell("echo once >> " + asked + "; exec /bin/sh \"$@\""), now::get);
    counting.find("root");
    now.set(Duration.ofSeconds(59).toNanos());
    counting.find("root");
    assertEquals(1, Files.readAllLines(asked).size());
    now.set(Duration.ofSeconds(61).toNanos());
    counting.find("root");
    assertEquals(2, Files.readAllLines(asked).size());
  }

  private String shell(String script) throws IOException {
    var file = Files.createTempFile(directory, "shell", "");
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file.toString();
  }
}
