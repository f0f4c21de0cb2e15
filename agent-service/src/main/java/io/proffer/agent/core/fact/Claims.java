package io.proffer.agent.core.fact;

import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.FrameworkId;

/** Which run of an executor somebody has proved to be. */
public record Claims(FrameworkId framework, ExecutorId executor, ContainerId container) {
  /** As refusals name a principal that has claims and no name of its own. */
  public String principal() {
    return "{ cid: %s, eid: %s, fid: %s }".formatted(container.value(), executor, framework);
  }
}
