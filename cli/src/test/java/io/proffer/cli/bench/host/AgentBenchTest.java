package io.proffer.cli.bench.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code proffer bench agent} as users call it, small. */
@Timeout(240)
class AgentBenchTest {
  /** In the order they are printed. */
  private static final List<String> FIGURES =
      List.of(
          "processes_started_by_a_shell_per_second",
          "agent_resident_before_any_task_MB",
          "agent_CPU_per_launch_ms",
          "of_it_for_compiling_itself_ms",
          "of_it_in_calls_of_the_system_ms",
          "supervisor_and_task_CPU_per_launch_ms",
          "master_CPU_per_launch_ms",
          "driver_CPU_per_launch_ms",
          "processors_used_by_others_%",
          "launches_per_second",
          "ACCEPT_to_RUNNING_p50_ms",
          "ACCEPT_to_RUNNING_p99_ms",
          "ACCEPT_to_RUNNING_max_ms",
          "agent_resident_with_all_tasks_running_MB",
          "PSS_of_the_supervisor_of_a_task_KB",
          "PSS_of_the_task_itself_KB",
          "agent_start_until_it_answers_with_all_tasks_s",
          "agent_start_until_the_master_has_it_back_s",
          "tasks_lost_or_with_other_processes",
          "teardown_until_all_tasks_have_ended_s",
          "agent_resident_after_all_tasks_MB");

  /** A process may well use less than the clock of the system shows, and others nothing. */
  private static final List<String> MAY_BE_ZERO =
      List.of(
          "of_it_for_compiling_itself_ms",
          "of_it_in_calls_of_the_system_ms",
          "processors_used_by_others_%",
          "tasks_lost_or_with_other_processes");

  @TempDir private Path directory;
  private Process bench;

  @AfterEach
  void endAll() throws Exception {
    // First who would start more.
    bench.destroyForcibly().waitFor();
    leftProcesses().forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  void eachFigureIsPrintedAndNoTaskIsLost() throws Exception {
    start("--json");
    var text = new String(bench.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, bench.waitFor(), this::errors);
    var figures = new ObjectMapper().readTree(text);
    var names = new ArrayList<String>();
    figures.fieldNames().forEachRemaining(names::add);
    assertEquals(FIGURES, names);
    assertEquals(0, figures.get("tasks_lost_or_with_other_processes").asInt());
    for (var name : FIGURES) {
      check(name, figures.get(name));
    }
    assertNothingIsLeft(List.of());
  }

  @Test
  void whenItIsEndedWhileItsAgentIsKilledNothingIsLeft() throws Exception {
    start();
    awaitLine("killing the agent");
    // The tasks themselves are known as what the supervisors, whose arguments tell, have started.
    var all =
        leftProcesses().stream()
            .flatMap(one -> Stream.concat(Stream.of(one), one.descendants()))
            .toList();
    assertTrue(all.size() >= 40, all::toString);
    bench.destroy();
    assertEquals(143, bench.waitFor(), this::errors);
    assertNothingIsLeft(all);
  }

  private static void check(String name, JsonNode figure) {
    var value = figure.asDouble();
    assertTrue(MAY_BE_ZERO.contains(name) ? value >= 0 : value > 0, name + ": " + figure);
  }

  private void start(String... more) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-Dio.netty.jfr.enabled=false",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "io.proffer.cli.Proffer",
            "bench",
            "agent",
            "--warmup=20",
            "--tasks=40",
            "--batch=10",
            "--launches=10",
            "--running=20",
            "--forks=20",
            "--settle=0ns",
            "--time_limit=1mins",
            "--agent_java_option=-XX:TieredStopAtLevel=1",
            "--directory=" + directory));
    command.addAll(List.of(more));
    bench = new ProcessBuilder(command).redirectError(err().toFile()).start();
  }

  private Path err() {
    return directory.resolveSibling(directory.getFileName() + ".err");
  }

  private String errors() {
    try {
      return Files.readString(err());
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  private void awaitLine(String text) throws IOException {
    var command = List.of("tail", "-n", "+1", "-F", "--pid=" + bench.pid(), err().toString());
    var tail = new ProcessBuilder(command).start();
    try (var lines =
        new BufferedReader(new InputStreamReader(tail.getInputStream(), StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.contains(text)) {
          return;
        }
      }
      throw new AssertionError("It ended before it said '" + text + "': " + errors());
    } finally {
      tail.destroyForcibly();
    }
  }

  private void assertNothingIsLeft(List<ProcessHandle> processes) throws IOException {
    assertEquals(List.of(), leftProcesses());
    // One that has ended and was not waited for yet has no arguments any more.
    assertEquals(
        List.of(),
        processes.stream().filter(one -> one.isAlive() && !arguments(one).isEmpty()).toList());
    try (var files = Files.list(directory)) {
      assertEquals(List.of(), files.toList());
    }
    Files.delete(err());
  }

  /** Master, agent and supervisors: each has something below the directory among its arguments. */
  private List<ProcessHandle> leftProcesses() {
    return ProcessHandle.allProcesses()
        .filter(one -> one.pid() != bench.pid())
        .filter(one -> arguments(one).contains(directory + "/proffer-bench-"))
        .toList();
  }

  /** Read by ourselves: the JDK shows no more than a page of them, and a class path fills that. */
  private static String arguments(ProcessHandle process) {
    try {
      return Files.readString(
          Path.of("/proc", Long.toString(process.pid()), "cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException ended) {
      return "";
    }
  }
}
