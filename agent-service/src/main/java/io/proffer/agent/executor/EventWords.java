package io.proffer.agent.executor;

import io.proffer.agent.core.effect.ToExecutor;
import io.proffer.api.v1.ContainerID;
import io.proffer.api.v1.executor.Event;

/** Words effects as events of the executor API (section 3). */
final class EventWords {
  /** Says that the stream lives. */
  static final Event HEARTBEAT = Event.newBuilder().setType(Event.Type.HEARTBEAT).build();

  /** Asks the executor to end. */
  static final Event SHUTDOWN = Event.newBuilder().setType(Event.Type.SHUTDOWN).build();

  private EventWords() {}

  static Event subscribed(ToExecutor.Subscribed effect) {
    return Event.newBuilder()
        .setType(Event.Type.SUBSCRIBED)
        .setSubscribed(
            Event.Subscribed.newBuilder()
                .setExecutorInfo(effect.executor())
                .setFrameworkInfo(effect.framework())
                .setAgentInfo(effect.agent())
                .setContainerId(ContainerID.newBuilder().setValue(effect.container().value())))
        .build();
  }

  static Event launch(ToExecutor.Launch effect) {
    return Event.newBuilder()
        .setType(Event.Type.LAUNCH)
        .setLaunch(Event.Launch.newBuilder().setTask(effect.task()))
        .build();
  }

  static Event kill(ToExecutor.Kill effect) {
    var kill = Event.Kill.newBuilder().setTaskId(effect.task().message());
    effect.policy().ifPresent(kill::setKillPolicy);
    return Event.newBuilder().setType(Event.Type.KILL).setKill(kill).build();
  }

  static Event acknowledged(ToExecutor.Acknowledged effect) {
    return Event.newBuilder()
        .setType(Event.Type.ACKNOWLEDGED)
        .setAcknowledged(
            Event.Acknowledged.newBuilder()
                .setTaskId(effect.task().message())
                .setUuid(effect.uuid()))
        .build();
  }

  static Event message(ToExecutor.Message effect) {
    return Event.newBuilder()
        .setType(Event.Type.MESSAGE)
        .setMessage(Event.Message.newBuilder().setData(effect.data()))
        .build();
  }
}
