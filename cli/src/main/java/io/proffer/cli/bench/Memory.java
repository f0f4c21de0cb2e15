package io.proffer.cli.bench;

import io.proffer.cli.bench.process.Heap;
import io.proffer.cli.bench.process.Proc;
import java.util.OptionalLong;

/**
 * What a master holds.
 *
 * @param heap bytes of live objects; empty where nobody can tell
 */
record Memory(long residentBytes, OptionalLong heap) {

  /** Has the master collect its garbage first. */
  static Memory of(long pid) {
    var live = Heap.liveBytes(pid);
    return new Memory(Proc.residentBytes(pid), live);
  }

  Memory minus(Memory before) {
    return new Memory(
        residentBytes - before.residentBytes,
        heap.isPresent() && before.heap.isPresent()
            ? OptionalLong.of(heap.getAsLong() - before.heap.getAsLong())
            : OptionalLong.empty());
  }

  /** Adds what each of so many takes. */
  void add(String noun, int count, Figures figures) {
    heap.ifPresent(bytes -> figures.add("heap per " + noun, bytes / (double) count, "bytes"));
    figures.add("resident per " + noun, residentBytes / (double) count, "bytes");
  }
}
