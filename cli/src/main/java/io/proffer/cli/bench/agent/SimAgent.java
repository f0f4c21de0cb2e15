package io.proffer.cli.bench.agent;

import io.proffer.api.internal.Subscribe;
import io.proffer.api.internal.ToAgent;
import io.proffer.api.v1.AgentID;
import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.AgentInfo.Capability;
import java.util.Optional;
import java.util.UUID;

/** One agent that launches nothing. Comes back after each end of its session. */
final class SimAgent {
  /** As a real agent's {@code --registration_backoff_factor}. */
  private static final long BACKOFF_MS = 1000;

  private static final int FORMAT_VERSION = 1;

  /** What the agents tell to whoever counts them. */
  interface Watcher {
    void registered();

    void lost(String why);
  }

  private final Lane lane;
  private final AgentInfo info;
  private final String ip;
  private final Watcher watcher;
  private final SimTasks tasks;
  private Optional<AgentID> id = Optional.empty();
  private Optional<Session> session = Optional.empty();
  private final long run = System.currentTimeMillis();
  private long attempts;
  private long epoch;
  private boolean stopped;

  /** How often it was told who leads; what was planned before does not count any more. */
  private int turns;

  SimAgent(Lane lane, AgentInfo info, String ip, SimTasks.Life life, Watcher watcher) {
    this.lane = lane;
    this.info = info;
    this.ip = ip;
    this.watcher = watcher;
    this.tasks = new SimTasks(life, record -> session.ifPresent(open -> open.send(record)));
  }

  /** Asks the master to accept it, when its turn has come. */
  void open() {
    lane.admit(this::ask);
  }

  void sweep(long nowNanos) {
    tasks.sweep(nowNanos);
  }

  void stop() {
    stopped = true;
    session.ifPresent(Session::close);
  }

  /** A record of the master. */
  void take(Session from, ToAgent record) {
    switch (record.getBodyCase()) {
      case REGISTERED -> registered(from, record);
      case RUN_TASK -> tasks.run(record.getRunTask());
      case ACKNOWLEDGE_UPDATE -> tasks.acknowledge(record.getAcknowledgeUpdate());
      case KILL_TASK -> tasks.kill(record.getKillTask());
      case SHUTDOWN_FRAMEWORK -> tasks.forget(record.getShutdownFramework().getFrameworkId());
      case RECONCILE_TASKS ->
          tasks.reconcile(record.getReconcileTasks(), id.orElse(AgentID.getDefaultInstance()));
      case SHUTDOWN -> {
        stopped = true;
        from.end("the master shut this agent down: " + record.getShutdown().getMessage());
      }
      case PING, DRAIN, SHUTDOWN_EXECUTOR, UPDATE_FRAMEWORK, EXECUTOR_MESSAGE, BODY_NOT_SET -> {}
    }
  }

  /** The session is over. */
  void ended(Session ended, boolean wasOpen, String why) {
    if (session.filter(current -> current == ended).isEmpty()) {
      return;
    }
    session = Optional.empty();
    if (wasOpen) {
      watcher.lost(why);
    } else {
      lane.admitted();
    }
    comeBack();
  }

  /**
   * Another master leads, or none: the session with the one before is over, also if that one still
   * serves.
   */
  void turn() {
    turns++;
    if (session.isPresent()) {
      session.get().end("another master leads, or none");
    } else {
      comeBack();
    }
  }

  /** At a moment of its own, so that not all come together. */
  private void comeBack() {
    if (stopped || lane.isLeaderless()) {
      return;
    }
    int now = turns;
    lane.later(
        1 + lane.random(BACKOFF_MS),
        () -> {
          if (now == turns) {
            open();
          }
        });
  }

  private void ask() {
    if (stopped) {
      lane.admitted();
      return;
    }
    var opened = new Session(lane, UUID.randomUUID().toString(), this);
    session = Optional.of(opened);
    opened.open(subscribe(opened.id()));
  }

  private void registered(Session from, ToAgent record) {
    id = Optional.of(record.getRegistered().getAgentId());
    epoch = record.getEpoch();
    from.registered(record);
    lane.admitted();
    watcher.registered();
    tasks.sayAgain();
  }

  private Subscribe subscribe(String name) {
    var told = info.toBuilder();
    id.ifPresent(told::setId);
    var subscribe =
        Subscribe.newBuilder()
            .setFormatVersion(FORMAT_VERSION)
            .setSession(name)
            .setAgentInfo(told)
            .setIp(ip)
            .setVersion("bench")
            .setRun(run)
            .setAttempt(++attempts);
    if (epoch > 0) {
      subscribe.setLastEpoch(epoch);
    }
    for (var type : Capability.Type.values()) {
      if (type != Capability.Type.UNKNOWN) {
        subscribe.addCapabilities(Capability.newBuilder().setType(type));
      }
    }
    tasks.report(subscribe);
    return subscribe.build();
  }
}
