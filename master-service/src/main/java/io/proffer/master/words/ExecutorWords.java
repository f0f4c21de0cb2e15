package io.proffer.master.words;

import io.proffer.api.v1.ExecutorInfo;
import io.proffer.api.v1.master.Response;
import io.proffer.master.core.fact.Executor;

/** Custom executors as operators see them. */
public final class ExecutorWords {
  private ExecutorWords() {}

  /** An executor of GET_EXECUTORS. */
  public static Response.GetExecutors.Executor of(Executor executor) {
    return Response.GetExecutors.Executor.newBuilder()
        .setExecutorInfo(info(executor))
        .setAgentId(executor.agent().message())
        .build();
  }

  /** What it was launched with, its resources in the form of all resources of operators. */
  public static ExecutorInfo info(Executor executor) {
    return executor.executorInfo().toBuilder()
        .setFrameworkId(executor.framework().message())
        .clearResources()
        .addAllResources(executor.resources().messages())
        .build();
  }
}
