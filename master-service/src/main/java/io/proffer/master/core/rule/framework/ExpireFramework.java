package io.proffer.master.core.rule.framework;

import io.proffer.master.core.state.Due;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.ClearFramework;

/** The failover timeout passed: as if the framework had torn itself down. */
public final class ExpireFramework {
  private ExpireFramework() {}

  public static void decide(Due.FailoverTimeout due, Turn turn) {
    ClearFramework.remove(due.framework(), turn);
  }
}
