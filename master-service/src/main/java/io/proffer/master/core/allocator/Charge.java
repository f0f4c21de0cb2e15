package io.proffer.master.core.allocator;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What counts for the quota of a top-level role, and the quota itself: reservations for the role
 * and those below it, used or not, and whatever unreserved and non-revocable scalars their
 * frameworks are offered or use (allocator, section 2).
 */
final class Charge {
  static final long UNLIMITED = Long.MAX_VALUE;
  private static final long[] NONE = {};

  private final String role;
  private final Amounts charged = new Amounts();
  private long[] guarantees = NONE;
  private long[] limits = NONE;

  /** What of the guarantees is missing, and how many names miss something. */
  private long[] missing = NONE;

  private int missingNames;

  /** Those under it in which somebody is. */
  private final Set<Role> roles = new LinkedHashSet<>();

  /** The most that was charged when somebody of it got less than an agent had; see Throttle. */
  private long[] chargedWhenCut = NONE;

  /** What those who want offers under it ask for at least. */
  private final Minimums minimums = new Minimums();

  private boolean usedUp;

  /** Else it must be asked: something changed since. */
  private boolean usedUpKnown;

  /** The last slice in which somebody under it was cut; kept by {@link Throttle}. */
  long cutInSlice;

  /** The last run during which its guarantees came to miss something. */
  private long fellInRun = QuotaBook.NO_RUN;

  Charge(String role) {
    this.role = role;
  }

  String role() {
    return role;
  }

  /** The roles under it in which somebody is. */
  Set<Role> roles() {
    return roles;
  }

  /** Thousandths that count now. */
  long charged(int name) {
    return charged.get(name);
  }

  /** Writes the sums; whoever changes them tells the book. */
  Amounts amounts() {
    return charged;
  }

  /**
   * @param guarantees thousandths by number of the name
   * @param limits thousandths by number of the name, {@link #UNLIMITED} for none
   */
  void setQuota(long[] guarantees, long[] limits) {
    this.guarantees = Arrays.copyOf(guarantees, guarantees.length);
    this.limits = Arrays.copyOf(limits, limits.length);
    missing = new long[guarantees.length];
    missingNames = 0;
    noteChange();
  }

  /** What is charged, or who wants offers, is other than before. */
  void noteChange() {
    usedUpKnown = false;
  }

  /** Somebody under it who asks for so much wants offers. */
  void addMinimum(Minimum minimum) {
    minimums.add(minimum);
    noteChange();
  }

  /** Somebody under it who asked for so much wants no more offers. */
  void removeMinimum(Minimum minimum) {
    minimums.remove(minimum);
    noteChange();
  }

  /**
   * Whether its limits leave nobody under it anything worth an offer, of whatever agent on which
   * nothing is reserved; true is certain.
   */
  boolean usedUp() {
    if (!usedUpKnown) {
      usedUp = limited() && !minimums.mayBeEnoughUnder(this);
      usedUpKnown = true;
    }
    return usedUp;
  }

  boolean hasQuota() {
    return guarantees.length > 0 || limits.length > 0;
  }

  boolean limited() {
    return limits.length > 0;
  }

  /** Number of names that may have a guarantee. */
  int guaranteedNames() {
    return guarantees.length;
  }

  long limit(int name) {
    return name < limits.length ? limits[name] : UNLIMITED;
  }

  /** What may still be taken under the limits. */
  long room(int name) {
    long limit = limit(name);
    return limit == UNLIMITED ? UNLIMITED : Math.max(0, limit - charged(name));
  }

  /** Whether some guarantee is not covered by what is charged. */
  boolean unsatisfied() {
    return missingNames > 0;
  }

  /** What of a guarantee is not covered. */
  long missing(int name) {
    return name < missing.length ? missing[name] : 0;
  }

  /** Computes what is missing of a name anew. Returns by how much more that is. */
  long renewMissing(int name) {
    long before = missing[name];
    long after = Math.max(0, guarantees[name] - charged(name));
    missing[name] = after;
    missingNames += (after > 0 ? 1 : 0) - (before > 0 ? 1 : 0);
    return after - before;
  }

  /** Its guarantees miss more than before, while a run is going on. */
  void noteFall(long run) {
    fellInRun = run;
  }

  /** Whether that was so in this run: it may have passed the stage in which guarantees are met. */
  boolean fellIn(long run) {
    return fellInRun == run;
  }

  /** Remembers what is charged now, if that is more than when anybody was cut before. */
  void noteCut(int names) {
    if (chargedWhenCut.length < names) {
      chargedWhenCut = Arrays.copyOf(chargedWhenCut, names);
    }
    for (int name = 0; name < names; name++) {
      chargedWhenCut[name] = Math.max(chargedWhenCut[name], charged(name));
    }
  }

  /** Whether less is charged of anything than when somebody was cut. */
  boolean relaxedSinceCut() {
    for (int name = 0; name < chargedWhenCut.length; name++) {
      if (charged(name) < chargedWhenCut[name]) {
        return true;
      }
    }
    return false;
  }

  void forgetCut() {
    chargedWhenCut = NONE;
  }
}
