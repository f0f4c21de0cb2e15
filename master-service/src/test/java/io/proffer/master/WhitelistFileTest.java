package io.proffer.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.master.core.command.Command;
import io.proffer.master.core.command.OperatorCommand;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of hosts whose agents are offered. */
class WhitelistFileTest {
  @TempDir private Path directory;
  private final List<Command> told = new ArrayList<>();

  private static OperatorCommand.Whitelist of(String... hosts) {
    return new OperatorCommand.Whitelist(Optional.of(new TreeSet<>(List.of(hosts))));
  }

  @Test
  void onlyWhatChangesIsTold() throws IOException {
    var file = Files.writeString(directory.resolve("hosts"), "a\n\n b \n");
    var whitelist = new Whitelist(file, told::add);

    whitelist.look();
    whitelist.look();
    Files.writeString(file, "");
    whitelist.look();
    Files.delete(file);
    whitelist.look();

    assertEquals(List.of(of("a", "b"), of()), told);
  }

  @Test
  void whatTheLoopHasNoRoomForIsToldLater() throws IOException {
    var file = Files.writeString(directory.resolve("hosts"), "a\n");
    var whitelist = new Whitelist(file, command -> told.add(command) && told.size() > 1);

    whitelist.look();
    whitelist.look();
    whitelist.look();

    assertEquals(List.of(of("a"), of("a")), told);
  }

  @Test
  void aMasterDoesNotStartWithoutIt() {
    var vertx = Vertx.vertx();
    try {
      var whitelist = new Whitelist(directory.resolve("none"), told::add);
      var refused = assertThrows(StartException.class, () -> whitelist.start(new Timers(vertx)));
      assertTrue(refused.getMessage().startsWith("Cannot read the file of --whitelist, "));
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }
}
