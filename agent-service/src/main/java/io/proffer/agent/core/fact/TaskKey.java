package io.proffer.agent.core.fact;

import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;

/** A task of a framework: task ids are unique only within their framework. */
public record TaskKey(FrameworkId framework, TaskId task) {
  @Override
  public String toString() {
    return "task " + task + " of framework " + framework;
  }
}
