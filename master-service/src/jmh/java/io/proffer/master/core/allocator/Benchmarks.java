package io.proffer.master.core.allocator;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.util.Statistics;

/** Runs all benchmarks of this room, each in a JVM of its own, and prints one table at the end. */
public final class Benchmarks {
  private Benchmarks() {}

  /** Takes the arguments of JMH. */
  public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
    var given = new CommandLineOptions(arguments);
    var options =
        new OptionsBuilder()
            .parent(given)
            .forks(given.getForkCount().orElse(1))
            .shouldDoGC(true)
            .jvmArgs("-Xms2g", "-Xmx6g", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders");
    if (given.getIncludes().isEmpty()) {
      var _ = options.include("io.proffer.master.core");
    }
    print(new Runner(options.build()).run());
  }

  private static void print(Collection<RunResult> results) {
    System.out.println();
    System.out.println("Medians; milliseconds, of one of the times:");
    System.out.println(
        "| What | Size | Processor | Wall | Longest slice | Times | Results | Other |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    for (var result : results) {
      System.out.println(row(result));
    }
  }

  private static String row(RunResult result) {
    double times = median(result, "times");
    return String.format(
        Locale.ROOT,
        "| %s | %s | %.3f | %.3f | %.2f | %.0f | %.0f | %s |",
        result.getPrimaryResult().getLabel(),
        sizes(result.getParams()),
        median(result, "processorMillis") / times,
        middle(result.getPrimaryResult().getStatistics()) / times,
        median(result, "longestSliceMillis"),
        times,
        median(result, "results"),
        other(result));
  }

  /** All that the benchmark was given, its size first. */
  private static String sizes(BenchmarkParams given) {
    return given.getParamsKeys().stream()
        .sorted(Comparator.comparing(name -> !name.equals("size")))
        .map(name -> name.equals("size") ? given.getParam(name) : name + "=" + given.getParam(name))
        .collect(Collectors.joining(" "));
  }

  private static String other(RunResult result) {
    var words = new StringBuilder();
    for (var name : new String[] {"bytesPerRefusal", "p99TurnMillis", "slowestRunMillis"}) {
      if (result.getSecondaryResults().containsKey(name)) {
        words.append(String.format(Locale.ROOT, "%s %.1f", name, median(result, name)));
      }
    }
    return words.toString();
  }

  private static double median(RunResult result, String name) {
    Result<?> found = result.getSecondaryResults().get(name);
    if (found == null) {
      throw new IllegalStateException(
          result.getPrimaryResult().getLabel() + " must take a Cost, which has " + name);
    }
    return middle(found.getStatistics());
  }

  private static double middle(Statistics statistics) {
    return statistics.getPercentile(50);
  }
}
