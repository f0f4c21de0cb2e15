package io.proffer.agent.http;

import io.proffer.agent.core.fact.Progress;
import io.proffer.agent.core.fact.Snapshot;
import io.proffer.api.resource.Resources;
import io.proffer.api.task.TaskMessage;
import io.proffer.api.v1.AgentID;
import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.Task;
import io.proffer.api.v1.TimeInfo;
import io.proffer.api.v1.agent.Response;

/** The tables of an agent as answers of POST /api/v1 (json-shapes, section 6). */
final class V1Messages {
  private V1Messages() {}

  static Response.Builder state(Snapshot snapshot, Sight sight) {
    return Response.newBuilder()
        .setType(Response.Type.GET_STATE)
        .setGetState(
            Response.GetState.newBuilder()
                .setGetTasks(tasks(snapshot, sight))
                .setGetExecutors(executors(snapshot, sight))
                .setGetFrameworks(frameworks(snapshot, sight)));
  }

  static Response.GetAgent.Builder agent(Snapshot snapshot, Sight sight) {
    var all = snapshot.facts().info();
    var seen = sight.of(Resources.of(all.getResourcesList()));
    var info = AgentInfo.newBuilder(all);
    if (seen.size() < Resources.of(all.getResourcesList()).size()) {
      info.clearResources().addAllResources(seen.messages());
    }
    snapshot.agent().ifPresent(id -> info.setId(AgentID.newBuilder().setValue(id.value())));
    var words = Response.GetAgent.newBuilder().setAgentInfo(info);
    snapshot
        .draining()
        .ifPresent(
            drain ->
                words
                    .setDrainConfig(drain.config())
                    .setEstimatedDrainStartTime(
                        TimeInfo.newBuilder()
                            .setNanoseconds(drain.since().getEpochSecond() * 1_000_000_000L)));
    return words;
  }

  static Response.GetFrameworks.Builder frameworks(Snapshot snapshot, Sight sight) {
    var all = Response.GetFrameworks.newBuilder();
    for (var framework : sight.of(snapshot.frameworks())) {
      all.addFrameworks(
          Response.GetFrameworks.Framework.newBuilder().setFrameworkInfo(framework.info()));
    }
    for (var framework : sight.of(snapshot.completedFrameworks())) {
      all.addCompletedFrameworks(
          Response.GetFrameworks.Framework.newBuilder().setFrameworkInfo(framework.info()));
    }
    return all;
  }

  static Response.GetExecutors.Builder executors(Snapshot snapshot, Sight sight) {
    var all = Response.GetExecutors.newBuilder();
    for (var executor : sight.live(snapshot)) {
      all.addExecutors(executor(executor));
    }
    for (var executor : sight.completed(snapshot)) {
      all.addCompletedExecutors(executor(executor));
    }
    return all;
  }

  static Response.GetTasks.Builder tasks(Snapshot snapshot, Sight sight) {
    var all = Response.GetTasks.newBuilder();
    for (var task : sight.tasks(snapshot, snapshot.tasks())) {
      var words = task(task);
      switch (task.progress()) {
        case Progress.Launching launching -> all.addQueuedTasks(words);
        case Progress.Recalled recalled -> all.addQueuedTasks(words);
        case Progress.Queued queued -> all.addQueuedTasks(words);
        case Progress.Delivered delivered -> all.addLaunchedTasks(words);
        case Progress.Unwanted unwanted -> all.addLaunchedTasks(words);
        case Progress.Running running -> all.addLaunchedTasks(words);
        case Progress.Killing killing -> all.addLaunchedTasks(words);
        case Progress.Ended ended -> all.addTerminatedTasks(words);
      }
    }
    for (var task : sight.tasks(snapshot, snapshot.completedTasks())) {
      all.addCompletedTasks(task(task));
    }
    return all;
  }

  private static Response.GetExecutors.Executor.Builder executor(Held executor) {
    return Response.GetExecutors.Executor.newBuilder().setExecutorInfo(executor.info());
  }

  static Task task(io.proffer.agent.core.fact.Task task) {
    var words =
        TaskMessage.describe(task.info(), task.key().framework())
            .setState(task.state())
            .addAllResources(Resources.of(task.info().getResourcesList()).messages())
            .addAllStatuses(task.statuses());
    task.latestStatus()
        .ifPresent(
            newest -> {
              words.setStatusUpdateState(newest.getState());
              if (newest.hasUuid()) {
                words.setStatusUpdateUuid(newest.getUuid());
              }
            });
    return words.build();
  }
}
