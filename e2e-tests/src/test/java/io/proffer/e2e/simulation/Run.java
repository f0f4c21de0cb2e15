package io.proffer.e2e.simulation;

/** Lives the history of one seed, and tells of a broken invariant what a person needs. */
final class Run {
  private static final int KEEP = Integer.getInteger("frames", 60);

  private Run() {}

  /** The swarm, when all went well. */
  static Swarm of(long seed, boolean exact) {
    var trace = new Trace(KEEP, exact);
    try {
      var swarm = new Swarm(seed, trace);
      swarm.run();
      return swarm;
    } catch (RuntimeException e) {
      throw new AssertionError(
          "Seed %d: %s%n%nAgain: ./mvnw -pl e2e-tests -am test -Dtest=SwarmTest -Dseed=%d -Dsurefire.failIfNoSpecifiedTests=false%nThe last frames:%n%s"
              .formatted(seed, e.getMessage(), seed, String.join("\n", trace.tail())),
          e);
    }
  }

  /** What is wrong with the history of a seed; empty when nothing is. */
  static String verdict(long seed) {
    try {
      of(seed, false);
      return "";
    } catch (AssertionError e) {
      return e.getMessage();
    }
  }
}
