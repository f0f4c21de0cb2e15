package io.proffer.e2e.simulation;

import io.proffer.api.resource.Resources;
import java.util.function.IntConsumer;

/** The command of a task, which follows its script. */
record SimCommand(
    World world,
    Truth truth,
    String host,
    Resources total,
    String framework,
    String task,
    Script script)
    implements Program {
  private static final int SIGNAL = 0x7f;

  @Override
  public boolean starts() {
    return script.starts();
  }

  @Override
  public boolean obeys() {
    return script.obeys();
  }

  @Override
  public void begin(IntConsumer exit) {
    truth.started(host, total, framework, task);
    world.after(script.runs(), () -> exit.accept(script.exit() << 8));
  }

  @Override
  public void doomed() {
    truth.doomed(task);
  }

  @Override
  public void failed() {
    truth.ended(host, task, Truth.Fate.NEVER_STARTED);
  }

  @Override
  public void over(int waitStatus) {
    truth.ended(host, task, fate(waitStatus));
  }

  private static Truth.Fate fate(int waitStatus) {
    if ((waitStatus & SIGNAL) != 0) {
      return Truth.Fate.TERMINATED;
    }
    return waitStatus == 0 ? Truth.Fate.EXITED_WELL : Truth.Fate.EXITED_BADLY;
  }
}
