package io.proffer.agent.core.fact;

import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.FrameworkId;

/** An executor of a framework: executor ids are unique only within their framework. */
public record ExecutorKey(FrameworkId framework, ExecutorId executor) {
  @Override
  public String toString() {
    return "executor " + executor + " of framework " + framework;
  }
}
