package io.proffer.kernel.table;

import io.proffer.kernel.Undo;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Random;

/** Prints what a table costs. By hand; see the kernel's README. */
final class TableFigures {
  private static final int ROWS = 400_000;

  private TableFigures() {}

  /** No arguments. */
  public static void main(String[] args) {
    for (var round = 0; round < 5; round++) {
      measure();
    }
  }

  private static void measure() {
    var keys = new ArrayList<String>();
    for (var i = 0; i < ROWS; i++) {
      keys.add("task-" + i);
    }
    var value = new Object();
    var undo = new Undo();
    var before = used();
    var table = new Table<String, Object>(undo);
    var longest = 0L;
    var start = System.nanoTime();
    for (var key : keys) {
      var from = System.nanoTime();
      table.put(key, value);
      undo.clear();
      longest = Math.max(longest, System.nanoTime() - from);
    }
    say("put, new row", (System.nanoTime() - start) / (double) ROWS, "ns");
    say("  the longest", longest / 1e6, "ms");
    say("memory beyond key and value", (used() - before) / (double) ROWS, "bytes a row");
    start = System.nanoTime();
    var random = new Random(1);
    for (var i = 0; i < ROWS; i++) {
      table.get(keys.get(random.nextInt(ROWS)));
    }
    say("get, at random", (System.nanoTime() - start) / (double) ROWS, "ns");
    var snapshots = 1000;
    long taking = 0;
    long writing = 0;
    for (var i = 0; i < snapshots; i++) {
      var from = System.nanoTime();
      table.snapshot();
      var between = System.nanoTime();
      table.put(keys.get(random.nextInt(ROWS)), value);
      undo.clear();
      writing += System.nanoTime() - between;
      taking += between - from;
    }
    say("snapshot", taking / 1e3 / snapshots, "us");
    say("first write after it", writing / 1e3 / snapshots, "us");
    longest = 0;
    start = System.nanoTime();
    for (var key : keys) {
      var from = System.nanoTime();
      table.remove(key);
      undo.clear();
      longest = Math.max(longest, System.nanoTime() - from);
    }
    say("remove", (System.nanoTime() - start) / (double) ROWS, "ns");
    say("  the longest (packing)", longest / 1e6, "ms");
  }

  private static long used() {
    System.gc();
    var runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static void say(String what, double figure, String unit) {
    System.out.printf(Locale.ROOT, "%-30s %10.2f %s%n", what, figure, unit);
  }
}
