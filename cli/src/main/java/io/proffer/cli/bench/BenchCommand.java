package io.proffer.cli.bench;

import io.proffer.api.flags.Expecting;
import io.proffer.api.flags.WrongFlagException;
import io.proffer.cli.bench.agent.Fleet;
import io.proffer.cli.bench.process.Directories;
import io.proffer.cli.bench.process.MasterProcess;
import io.proffer.cli.client.MasterAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a master under load. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures a master: simulated agents, which launch nothing, and real schedulers play tasks"
          + " against it over HTTP, and the figures are printed.",
      "The master is a process of its own, started in a throw-away directory unless --master names"
          + " one. A life cycle is from ACCEPT sent to TASK_FINISHED acknowledged."
    },
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:all tasks went through, and none was lost",
      "1:tasks were lost or failed, a step took too long, or the run could not begin",
      "2:wrong flag or value"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  proffer bench --agents 1000 --tasks 200000 --warmup 50000",
      "  proffer bench --format json --frameworks 4 --json",
      "  proffer bench --scenario hold --agents 1000 --tasks 100000     memory per agent and task",
      "  proffer bench --scenario read --agents 10000 --tasks 100000    what readers cost",
      "  proffer bench --scenario restart --agents 10000 --tasks 100000 time to come back",
      "  proffer bench --scenario failover --agents 1000 --tasks 20000  until another master leads",
      "Each agent is an open file here and one in the master: see ulimit -n, or have agents share"
          + " connections with --agents_per_connection."
    })
public final class BenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--master",
      paramLabel = "HOST:PORT",
      description = "Measure this master, on this machine. Default: one is started.")
  private Optional<String> master = Optional.empty();

  @Option(
      names = "--master_pid",
      converter = Expecting.AtLeastOne.class,
      paramLabel = "PID",
      description = "The process id of --master, for its processor time and memory.")
  private Optional<Integer> masterPid = Optional.empty();

  @Option(
      names = "--master_flag",
      paramLabel = "FLAG",
      description = "For the master that is started, as --event_loops=4; may be given repeatedly.")
  private List<String> masterFlags = List.of();

  @Option(
      names = "--master_java_option",
      paramLabel = "OPTION",
      description = "For the JVM of that master, as -Xmx4g; may be given repeatedly.")
  private List<String> javaOptions = List.of();

  @Option(names = "--json", description = "Print the figures as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (master.isPresent()) {
      return measure(given(MasterAddress.parse(master.get())));
    }
    var workDir = Files.createTempDirectory("proffer-bench-");
    if (options.scenario() == BenchOptions.Scenario.failover) {
      return measureThree(workDir);
    }
    try (var process = MasterProcess.start(workDir, javaOptions, masterFlags())) {
      return measure(new Target.Own(process));
    } finally {
      Directories.delete(workDir);
    }
  }

  private int measureThree(Path workDir) throws IOException {
    try (var masters =
        Masters.start(workDir, options.failover().session(), javaOptions, masterFlags())) {
      return measure(new Target.Elected(masters));
    } finally {
      Directories.delete(workDir);
    }
  }

  private List<String> masterFlags() {
    var flags = new ArrayList<String>();
    if (options.agentsPerConnection() > 1) {
      flags.add("--http2_streams=" + options.agentsPerConnection());
    }
    // Those given come last: of a flag that is there twice the last one counts.
    flags.addAll(masterFlags);
    return flags;
  }

  private Target given(MasterAddress address) {
    if (masterPid.isEmpty()) {
      throw new WrongFlagException("--master_pid", "Expected the process id of --master");
    }
    if (options.scenario() == BenchOptions.Scenario.restart
        || options.scenario() == BenchOptions.Scenario.failover) {
      throw new WrongFlagException(
          "--scenario",
          "Expected no --master with %s: only a master of its own is killed"
              .formatted(options.scenario()));
    }
    return new Target.Given(new Fleet.Place(address.host(), address.port()), masterPid.get());
  }

  private int measure(Target target) {
    var err = spec.commandLine().getErr();
    try (var drivers = new Drivers(options.driverLoops())) {
      var figures = new Bench(options, target, drivers, text -> say(text)).run();
      var out = spec.commandLine().getOut();
      out.print(json ? figures.json() + "\n" : figures.table());
      out.flush();
      return CommandLine.ExitCode.OK;
    } catch (BenchException failed) {
      err.println("proffer bench: " + failed.getMessage());
      err.flush();
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private void say(String text) {
    var err = spec.commandLine().getErr();
    err.println("proffer bench: " + text);
    err.flush();
  }
}
