package io.proffer.api.fuzz;

/** What Jazzer calls; the target is named by the property {@code fuzz.target}. */
public final class FuzzEntry {
  private static final FuzzTarget TARGET = FuzzTarget.named(System.getProperty("fuzz.target"));

  private FuzzEntry() {}

  /** Found by its name. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    TARGET.take(input);
  }
}
