package io.proffer.master.watch;

import io.proffer.master.core.fact.Agent;
import io.proffer.master.sight.Sight;

/** Whom an event is about, and so who may hear of it. */
sealed interface Subject {
  /** Whether who sees this much may hear of it. */
  boolean isSeen(Sight sight);

  /** What everybody may know. */
  record Common() implements Subject {
    @Override
    public boolean isSeen(Sight sight) {
      return true;
    }
  }

  /** An agent: everybody may know of it, though not of all its resources. */
  record OfAgent(Agent agent) implements Subject {
    @Override
    public boolean isSeen(Sight sight) {
      return true;
    }
  }

  /**
   * A framework.
   *
   * @param user as whom it runs
   */
  record OfFramework(String user) implements Subject {
    @Override
    public boolean isSeen(Sight sight) {
      return sight.ofFramework(user);
    }
  }

  /**
   * A task.
   *
   * @param owner the user of its framework
   * @param user as whom it runs
   */
  record OfTask(String owner, String user) implements Subject {
    @Override
    public boolean isSeen(Sight sight) {
      return sight.ofTask(owner, user);
    }
  }

  /** Of a framework that was forgotten: for those who may see everything. */
  record Forgotten() implements Subject {
    @Override
    public boolean isSeen(Sight sight) {
      return sight.isWhole();
    }
  }
}
