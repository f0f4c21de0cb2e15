package io.proffer.cli.bench.host;

import io.proffer.api.http.MediaType;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.CommandInfo;
import io.proffer.cli.bench.BenchException;
import io.proffer.cli.bench.Drivers;
import io.proffer.cli.bench.Patience;
import io.proffer.cli.bench.framework.Crowd;
import io.proffer.cli.bench.framework.Progress;
import io.proffer.cli.bench.framework.Samples;
import io.proffer.cli.client.MasterAddress;

/** One framework, and tasks of one kind. */
final class Play {
  /** So little that it is never what keeps a task from running. */
  private static final String NEED = "cpus:0.01;mem:1";

  private static final int CONNECTIONS = 8;
  private static final double CPUS = 0.01;

  /**
   * What is played.
   *
   * @param tasks how many
   * @param concurrency how many at a time
   * @param batch how many one ACCEPT launches at most
   * @param stay true when a task is through once it runs; false when it has to finish
   */
  record Plan(int tasks, int concurrency, int batch, CommandInfo command, boolean stay) {}

  private final Plan plan;
  private final Patience patience;
  private final Progress progress;
  private final Crowd crowd;

  Play(Plan plan, MasterAddress master, Drivers drivers, Patience patience) {
    this.plan = plan;
    this.patience = patience;
    this.progress = new Progress(plan.tasks());
    this.crowd =
        new Crowd(
            drivers.loops(),
            1,
            new Crowd.Plan(
                master.host(),
                master.port(),
                MediaType.PROTOBUF,
                Resources.parse(NEED, "*").messages(),
                plan.command(),
                plan.concurrency(),
                plan.batch(),
                CONNECTIONS,
                !plan.stay()),
            progress);
  }

  /** What an agent must have for so many tasks at once. */
  static String room(int tasks) {
    return "cpus:%d;mem:%d;disk:1024;ports:[]"
        .formatted((int) Math.ceil(tasks * CPUS) + 1, tasks + 32);
  }

  /** Done when all tasks are through and acknowledged. */
  void run() throws BenchException {
    patience.await("the framework is subscribed", crowd.start(), progress::trouble);
    patience.await("all tasks are through", progress::isOver, progress::state);
    if (progress.failedCount() > 0) {
      throw new BenchException(progress.state());
    }
  }

  /** From the first ACCEPT until the last acknowledgement was taken. */
  double perSecond() {
    return progress.doneCount() / progress.seconds();
  }

  /** From ACCEPT sent to TASK_RUNNING received. */
  Samples.Sorted untilRunning() {
    return crowd.untilRunning();
  }

  /** Done when the master has said of each task that it runs. */
  void reconcile() throws BenchException {
    crowd.recount();
    patience.await(
        "the master says that all tasks run",
        () -> progress.reconciledCount() >= plan.tasks(),
        () -> "It says so of %d of %d.".formatted(progress.reconciledCount(), plan.tasks()));
  }

  /** Ends the framework and with it its tasks; done when the master has taken that. */
  void end() throws BenchException {
    patience.await("the framework is torn down", crowd.teardown(), progress::trouble);
  }
}
