package com.example.policy;

import io.proffer.master.core.allocator.policy.Policy;
import io.proffer.master.core.allocator.policy.PolicyProvider;
import io.proffer.master.core.allocator.policy.Share;
import io.proffer.master.core.allocator.policy.Standing;
import java.util.ServiceLoader;

/**
 * A policy is tried without a master: it ranks what it is told, and what it is told is a few
 * numbers. A plain program, so that it needs nothing but a JDK; it ends with 1 when a check fails.
 */
public final class MemoryPolicyTest {
  private int checks;

  private MemoryPolicyTest() {}

  /** Somebody with so many MB of 1000, and with much of everything else. */
  private record Somebody(String path, long memory, double weight) implements Standing {
    @Override
    public boolean isFramework() {
      return false;
    }

    @Override
    public Share dominantShare() {
      return shareOf("cpus");
    }

    @Override
    public Share shareOf(String resource) {
      return resource.equals("mem") ? Share.of(memory, 1000) : Share.of(1000 - memory, 1000);
    }

    @Override
    public long allocations() {
      return 0;
    }

    @Override
    public double relativeWeight() {
      return 1;
    }

    @Override
    public double draw() {
      return 0.5;
    }
  }

  /** Runs all checks. */
  public static void main(String[] arguments) {
    var test = new MemoryPolicyTest();
    test.theSmallerPartOfTheMemoryComesFirst();
    test.aWeightDivides();
    test.anOptionNamesAnotherResource();
    test.anOptionThatIsNoNameIsRefused();
    System.out.println("MemoryPolicyTest: " + test.checks + " checks passed");
  }

  private void theSmallerPartOfTheMemoryComesFirst() {
    check("less memory", -1, compare(policy(""), somebody(100, 1), somebody(200, 1)));
    check("as much memory", 0, compare(policy(""), somebody(100, 1), somebody(100, 1)));
    check("more memory", 1, compare(policy(""), somebody(300, 1), somebody(200, 1)));
  }

  private void aWeightDivides() {
    check("twice, by two", 0, compare(policy(""), somebody(200, 2), somebody(100, 1)));
    check("more, by three", -1, compare(policy(""), somebody(200, 3), somebody(100, 1)));
  }

  private void anOptionNamesAnotherResource() {
    check("of the cpus", 1, compare(policy("cpus"), somebody(100, 1), somebody(200, 1)));
  }

  private void anOptionThatIsNoNameIsRefused() {
    try {
      policy("cpus:4");
    } catch (IllegalArgumentException refusal) {
      check("names what came", true, refusal.getMessage().endsWith("got 'cpus:4'"));
      return;
    }
    throw new AssertionError("cpus:4 was taken for the name of a resource");
  }

  private static Somebody somebody(long memory, double weight) {
    return new Somebody("role", memory, weight);
  }

  private static int compare(Policy policy, Standing left, Standing right) {
    return Integer.signum(policy.rank(left).compareTo(policy.rank(right)));
  }

  /** As a master finds it: by its name, through META-INF/services. */
  private static Policy policy(String options) {
    for (var provider : ServiceLoader.load(PolicyProvider.class)) {
      if (provider.names().contains("memory")) {
        return provider.create(options);
      }
    }
    throw new AssertionError("META-INF/services names no provider of 'memory'");
  }

  private void check(String what, Object expected, Object actual) {
    if (!expected.equals(actual)) {
      throw new AssertionError(what + ": expected " + expected + ", got " + actual);
    }
    checks++;
  }
}
