package io.proffer.master.core.allocator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Remembers which roles got less than an agent had because of quota, and what was charged and free
 * then. Only when less is charged to one of them, or more is free over and above guarantees, can
 * its frameworks get more of an agent that itself did not change; then, and only then, a run looks
 * at them again everywhere.
 */
final class Throttle {
  private final QuotaBook quotas;
  private final ClusterTotal names;
  private final Set<Charge> cut = new LinkedHashSet<>();
  private final List<Charge> cutInSlice = new ArrayList<>();

  /** Counts slices in which somebody was cut. */
  private long slice = 1;

  /** The least that was free over and above guarantees when anybody was cut. */
  private long[] surplusWhenCut = {};

  Throttle(QuotaBook quotas, ClusterTotal names) {
    this.quotas = quotas;
    this.names = names;
  }

  /** Whether anybody waits for room. */
  boolean hasWaiting() {
    return !cut.isEmpty();
  }

  /** Quota took something from somebody under this one, or would. */
  void note(Charge charge) {
    if (charge.cutInSlice != slice) {
      charge.cutInSlice = slice;
      cutInSlice.add(charge);
    }
  }

  /** A slice ends; what it granted still counts. Nothing was given back in it. */
  void endSlice() {
    if (cutInSlice.isEmpty()) {
      return;
    }
    for (var charge : cutInSlice) {
      charge.noteCut(names.names());
      cut.add(charge);
    }
    cutInSlice.clear();
    slice++;
    int known = surplusWhenCut.length;
    if (known < names.names()) {
      surplusWhenCut = Arrays.copyOf(surplusWhenCut, names.names());
      Arrays.fill(surplusWhenCut, known, surplusWhenCut.length, Long.MAX_VALUE);
    }
    for (int name = 0; name < surplusWhenCut.length; name++) {
      surplusWhenCut[name] = Math.min(surplusWhenCut[name], quotas.surplus(name));
    }
  }

  /** Tells, and forgets, those that may get more now. */
  void release(Consumer<Charge> told) {
    if (cut.isEmpty()) {
      return;
    }
    boolean all = surplusGrew();
    cut.removeIf(
        charge -> {
          boolean released = all || charge.roles().isEmpty() || charge.relaxedSinceCut();
          if (released) {
            charge.forgetCut();
            told.accept(charge);
          }
          return released;
        });
    if (cut.isEmpty()) {
      surplusWhenCut = new long[0];
    }
  }

  private boolean surplusGrew() {
    for (int name = 0; name < surplusWhenCut.length; name++) {
      if (quotas.surplus(name) > surplusWhenCut[name]) {
        return true;
      }
    }
    return false;
  }
}
