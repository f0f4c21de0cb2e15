package io.proffer.master.core.rule.task;

import io.proffer.master.core.command.SchedulerCommand;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.Answers;

/** A stream has drained: the next page of its long answer. */
public final class ContinueAnswer {
  private ContinueAnswer() {}

  public static void decide(SchedulerCommand.StreamDrained drained, Turn turn) {
    Answers.drained(drained.streamId(), turn);
  }
}
