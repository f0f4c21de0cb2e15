package io.proffer.agent.container.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.proffer.agent.core.command.ContainerCommand;
import io.proffer.agent.core.fact.ContainerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a command writes when its files are bounded, with the supervisor that can do it. */
@Timeout(60)
final class RotationTest extends RealContainers {
  private static final int LIMIT = 10_000;
  private static final int FILES = 3;

  @Override
  Supervisor supervisor(Path directory) throws IOException {
    var supervisor = Supervisor.compiled(directory);
    assumeTrue(supervisor.isPresent(), "the build had no C compiler");
    return supervisor.get();
  }

  @Override
  OutputLimits limits() {
    return new OutputLimits(LIMIT, 0, FILES);
  }

  @Test
  void nothingIsLostFromOneFileToTheNextAndLinesWrittenWholeAreWhole()
      throws IOException, InterruptedException {
    var container = shell("i=0; while [ $i -lt 7000 ]; do i=$((i + 1)); echo $i; done");
    expectStarted();
    expectExit(0);
    assertEquals(numbers(1, 7000), all(container));
    for (var name : names(container)) {
      assertTrue(file(container, name).length() <= LIMIT, name);
      assertTrue(file(container, name).endsWith("\n"), name);
    }
  }

  @Test
  void aCommandMayAskForItsOwnLimits() throws IOException, InterruptedException {
    var container =
        shell(
            "seq 10000; seq 10000 >&2",
            Map.of(
                "CONTAINER_LOGGER_MAX_STDOUT_SIZE", "0B",
                "CONTAINER_LOGGER_MAX_STDERR_SIZE", "16KB"));
    expectStarted();
    expectExit(0);
    assertEquals(numbers(1, 10000), file(container, "stdout"));
    assertEquals(16 * 1024 / 1000, Files.size(sandbox(container).resolve("stderr.1")) / 1000);
  }

  @Test
  void whatIsNoLimitIsSaidAndNothingRuns() throws InterruptedException {
    var container = shell("true", Map.of("CONTAINER_LOGGER_MAX_STDOUT_SIZE", "much"));
    assertEquals(
        new ContainerCommand.Broken(
            container,
            "The environment variable CONTAINER_LOGGER_MAX_STDOUT_SIZE cannot be used: Expected an amount of bytes like 8MB or 1GB (a whole number, then one of B, KB, MB, GB, TB), but got 'much'"),
        next());
  }

  @Test
  void theOldestFilesGo() throws IOException, InterruptedException {
    var container = shell("seq 100000");
    expectStarted();
    expectExit(0);
    assertEquals(List.of("stdout.3", "stdout.2", "stdout.1", "stdout"), names(container));
    var kept = all(container);
    var first = Integer.parseInt(kept.substring(0, kept.indexOf('\n')));
    assertEquals(numbers(first, 100000), kept);
    assertTrue(kept.length() > FILES * (LIMIT - 10));
  }

  @Test
  void aLineLongerThanAFileIsCut() throws IOException, InterruptedException {
    var container = shell("echo first; head -c 25000 /dev/zero | tr '\\0' x; echo; echo last");
    expectStarted();
    expectExit(0);
    assertEquals("first\n" + "x".repeat(25000) + "\nlast\n", all(container));
    for (var name : names(container)) {
      assertTrue(file(container, name).length() <= LIMIT, name);
    }
  }

  @Test
  void whatWasWrittenBeforeASigkillIsThere() throws IOException, InterruptedException {
    var container = shell("seq 7000; echo $$ > written; exec sleep 1000");
    expectStarted();
    pid(container, "written");
    containers.destroy(container);
    expectExit(9);
    assertEquals(numbers(1, 7000), all(container));
  }

  @Test
  void theOutputGoesOnWithoutAnAgentAndUnderTheNext() throws IOException, InterruptedException {
    var container =
        shell(
            "seq 2000; while [ ! -e alone ]; do sleep 0.01; done; seq 2001 4000; echo $$ > done;"
                + " while [ ! -e end ]; do sleep 0.01; done; seq 4001 7000");
    expectStarted();
    untilItCanBeFound(container);
    containers.close();
    Files.createFile(sandbox(container).resolve("alone"));
    pid(container, "done");
    containers = containerizer();
    assertEquals(List.of(container), containers.adopt(false, Map.of()));
    expectStarted();
    Files.createFile(sandbox(container).resolve("end"));
    expectExit(0);
    assertEquals(numbers(1, 7000), all(container));
  }

  @Test
  void aStreamWithoutALimitIsTheCommandsOwnFile() throws IOException, InterruptedException {
    var container = shell("readlink /proc/self/fd/2; readlink /proc/self/fd/1 | cut -c -5 >&2");
    expectStarted();
    expectExit(0);
    assertEquals(sandbox(container).toRealPath() + "/stderr\n", file(container, "stdout"));
    assertEquals("pipe:\n", file(container, "stderr"));
  }

  @Test
  void thereIsAFileToReadAtAnyMoment() throws IOException, InterruptedException {
    var container = shell("echo $$ > ready; while [ ! -e look ]; do sleep 0.01; done; seq 1000000");
    expectStarted();
    pid(container, "ready");
    var stdout = sandbox(container).resolve("stdout");
    Files.createFile(sandbox(container).resolve("look"));
    var looks = 0;
    while (outcomes.isEmpty()) {
      assertTrue(Files.exists(stdout), "after " + looks + " looks");
      looks++;
    }
    expectExit(0);
    assertTrue(looks > 100);
  }

  @Test
  void aCommandMayCloseItsOutputAndGoOn() throws IOException, InterruptedException {
    var container = shell("echo before; exec >&-; echo $$ > closed; sleep 0.2; exit 3");
    expectStarted();
    pid(container, "closed");
    expectExit(3 << 8);
    assertEquals("before\n", file(container, "stdout"));
  }

  @Test
  void asAnotherUserTheFilesAreTheTasksAndDevStdoutOpens()
      throws IOException, InterruptedException {
    var container = shellOfNobody("seq 3000; echo end > /dev/stdout");
    expectStarted();
    expectExit(0);
    assertEquals(numbers(1, 3000) + "end\n", all(container));
    for (var name : names(container)) {
      assertEquals("nobody", Files.getOwner(sandbox(container).resolve(name)).getName());
    }
  }

  @Test
  void aLinkThatATaskPutsInTheWayLeadsNowhere() throws IOException, InterruptedException {
    var victim = Files.writeString(directory.resolve("victim"), "precious");
    var container =
        shellOfNobody(
            "ln -s %1$s stdout.1; ln -s %1$s stdout.2; rm stdout; ln -s %1$s stdout; seq 20000"
                .formatted(victim));
    expectStarted();
    expectExit(0);
    assertEquals("precious", Files.readString(victim));
    assertTrue(file(container, "stdout").endsWith("20000\n"));
  }

  @Test
  void aTaskThatForbidsNewFilesLosesItsOutputNotTheDisk() throws IOException, InterruptedException {
    var container = shellOfNobody("chmod 555 .; seq 100000");
    expectStarted();
    expectExit(0);
    assertEquals(List.of("stdout"), names(container));
    assertTrue(file(container, "stdout").length() <= LIMIT);
    assertTrue(file(container, "stdout").endsWith("100000\n"));
  }

  @Test
  void aProcessElsewhereThatWasGivenTheOutputHoldsUpNobody() throws Exception {
    var other =
        CompletableFuture.supplyAsync(
            () -> {
              var reopened = sandbox(id(0)).resolve("opened");
              try {
                var fd = "/proc/" + pid(id(0), "ready") + "/fd/1";
                var writer =
                    new ProcessBuilder(
                            "sh", "-c", "exec yes > " + fd + " 2>" + directory.resolve("yes"))
                        .start();
                Files.createFile(reopened);
                return writer;
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    var container = shell("echo $$ > ready; until [ -s stdout ]; do sleep 0.01; done");
    expectStarted();
    expectExit(0);
    assertEquals(id(0), container);
    // Nobody reads any more: SIGPIPE.
    assertFalse(other.get().waitFor() == 0);
  }

  private ContainerId shellOfNobody(String command) {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root may switch users");
    return launch(Optional.of("nobody"), "/bin/sh", List.of("sh", "-c", command));
  }

  private static String numbers(int first, int last) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** The files of stdout, the oldest first. */
  private List<String> names(ContainerId container) throws IOException {
    try (var files = Files.list(sandbox(container))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("stdout"))
          .sorted((a, b) -> b.compareTo(a))
          .toList();
    }
  }

  private String all(ContainerId container) throws IOException {
    var text = new StringBuilder();
    for (var name : names(container)) {
      text.append(file(container, name));
    }
    return text.toString();
  }
}
