package io.proffer.e2e.simulation;

import com.google.protobuf.ByteString;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.CommandInfo;
import io.proffer.api.v1.Filters;
import io.proffer.api.v1.Offer;
import io.proffer.api.v1.OfferID;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.api.v1.scheduler.Call;
import io.proffer.api.v1.scheduler.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** A small scheduler that speaks real calls, and expects what a scheduler may expect. */
final class SimFramework implements SimSession.Owner {
  private static final Resources ASK = Resources.parse("cpus:0.5;mem:64", "*");
  private static final Duration FOR_EVER = Duration.ofDays(1);
  private static final int MOST_TASKS = 6;
  private static final int ENOUGH_TASKS = 2;

  private final World world;
  private final String name;
  private final Manners manners;
  private final Truth truth;
  private final SimProcess process;
  private final SimSession session;
  private final SplittableRandom chance;
  private final Crew crew;
  private final Map<String, SimTask> tasks = new LinkedHashMap<>();
  private final Map<OfferID, Offer> held = new LinkedHashMap<>();

  private int launched;
  private int wanted = Integer.MAX_VALUE;
  private boolean suppressed;
  private boolean ending;
  private boolean leaving;
  private boolean left;

  SimFramework(World world, SimNetwork network, String name, Manners manners, Truth truth) {
    this.world = world;
    this.name = name;
    this.manners = manners;
    this.truth = truth;
    this.process = new SimProcess(world, name);
    this.session =
        new SimSession(
            process,
            new SimClient<>(network, process, SimSession.API, manners.type()),
            manners.info(name),
            this);
    this.chance = world.chance("framework " + name);
    this.crew = new Crew(world, name, truth);
  }

  String name() {
    return name;
  }

  String id() {
    return session.id();
  }

  Manners manners() {
    return manners;
  }

  boolean left() {
    return left;
  }

  void start() {
    session.start();
    process.every(Duration.ofSeconds(7), this::lookAfterTasks);
    process.every(Duration.ofSeconds(20), this::reconcile);
  }

  /** How many tasks it may launch from now on, all in all. */
  void want(int tasks) {
    wanted = launched + tasks;
    ending = tasks == 0;
    if (suppressed && tasks > 0) {
      revive();
    }
  }

  /** Drops its stream without a word, as a scheduler that crashed, and comes back. */
  void drop() {
    session.drop("crashed");
  }

  /** Lets go of every offer it sits on. */
  void letGo() {
    decline(List.copyOf(held.values()), Duration.ofSeconds(1));
    held.clear();
  }

  /** Leaves for good, as soon as the master has heard of it. */
  void tearDown() {
    leaving = true;
    truth.left(session.id());
    session.send(session.call(Call.Type.TEARDOWN), true);
  }

  /** What is not yet as it should be. */
  List<String> openEnds() {
    var ends = new ArrayList<String>();
    if (left) {
      return ends;
    }
    if (!session.isSubscribed()) {
      ends.add(name + " is not subscribed");
    }
    for (var task : tasks.values()) {
      if (!task.over()) {
        ends.add("%s knows %s as %s".formatted(name, task.id(), task.state()));
      }
    }
    if (wanted != Integer.MAX_VALUE && launched < wanted) {
      ends.add("%s wants %d more tasks".formatted(name, wanted - launched));
    }
    return ends;
  }

  int launched() {
    return launched;
  }

  @Override
  public void heard(Event event) {
    switch (event.getType()) {
      case OFFERS -> event.getOffers().getOffersList().forEach(this::offered);
      case RESCIND -> held.remove(event.getRescind().getOfferId());
      case UPDATE -> updated(event.getUpdate().getStatus());
      case ERROR -> error(event.getError().getMessage());
      default -> {}
    }
  }

  @Override
  public void subscribed() {
    suppressed = false;
    if (leaving) {
      tearDown();
    } else {
      reconcile();
    }
  }

  @Override
  public void over() {
    held.clear();
  }

  @Override
  public void taken(Call call) {
    if (call.getType() == Call.Type.TEARDOWN) {
      leave();
    }
  }

  private void leave() {
    left = true;
    session.close();
  }

  private void error(String message) {
    if (message.equals("Framework failed over")) {
      session.drop(message); // An earlier request of ours arrived after this one.
    } else if (leaving) {
      leave();
    } else {
      throw world.broken("%s was told: %s".formatted(name, message));
    }
  }

  private void offered(Offer offer) {
    if (leaving) {
      return;
    }
    if (held.containsKey(offer.getId())) {
      throw world.broken(name + " got offer " + offer.getId() + " twice");
    }
    if (chance.nextDouble() < manners.holds() && wanted == Integer.MAX_VALUE) {
      held.put(offer.getId(), offer);
    } else if (wants() && chance.nextDouble() < manners.accepts()) {
      accept(offer);
    } else if (manners.suppresses() && !wants()) {
      decline(List.of(offer), manners.refusal());
      suppressed = true;
      session.send(session.call(Call.Type.SUPPRESS), true);
    } else {
      decline(List.of(offer), manners.refusal());
    }
  }

  private boolean wants() {
    var running = tasks.values().stream().filter(task -> !task.over()).count();
    return launched < wanted && running < (manners.suppresses() ? ENOUGH_TASKS : MOST_TASKS);
  }

  private void accept(Offer offer) {
    var there = Resources.of(offer.getResourcesList()).withoutAllocation().unreserved();
    var accept =
        Call.Accept.newBuilder()
            .addOfferIds(offer.getId())
            .setFilters(
                Filters.newBuilder().setRefuseSeconds(manners.refusal().toMillis() / 1000.0));
    var launch = Offer.Operation.newBuilder().setType(Offer.Operation.Type.LAUNCH);
    var left = there;
    Optional<Crew.Member> executor = Optional.empty();
    // Where it runs already it costs nothing more, but who knows whether it still does.
    if (!isEnding() && left.contains(ASK.plus(Crew.EACH)) && crew.isWanted()) {
      executor = Optional.of(crew.member(offer));
      left = left.minus(Crew.EACH);
    }
    for (var count = 1 + chance.nextInt(3); count > 0 && left.contains(ASK) && wants(); count--) {
      var task = task(offer);
      left = left.minus(ASK);
      executor.ifPresent(member -> give(member, task));
      launch.getLaunchBuilder().addTaskInfos(task);
    }
    if (launch.getLaunch().getTaskInfosCount() > 0) {
      accept.addOperations(launch);
    }
    session.send(session.call(Call.Type.ACCEPT).setAccept(accept), false);
  }

  private TaskInfo.Builder task(Offer offer) {
    var task = new SimTask(world, truth, name + "-" + ++launched, offer.getAgentId());
    tasks.put(task.id(), task);
    truth.ordered(task.id(), ASK);
    var last = isEnding();
    if (!last && chance.nextDouble() < manners.kills() / 2) {
      // Thinks better of it, maybe before it has started, or before the launch has got there.
      process.after(chance.nextLong(200_000_000), () -> kill(task));
    }
    var script =
        new Script(
            last || chance.nextInt(20) > 0,
            !last && chance.nextInt(10) == 0
                ? FOR_EVER
                : Duration.ofMillis(chance.nextInt(last ? 1_000 : 60_000)),
            chance.nextInt(4) == 0 ? 1 : 0,
            chance.nextInt(3) > 0);
    return TaskInfo.newBuilder()
        .setName(task.id())
        .setTaskId(task.message())
        .setAgentId(offer.getAgentId())
        .addAllResources(ASK.messages())
        .setCommand(CommandInfo.newBuilder().setValue(script.text()));
  }

  private void give(Crew.Member member, TaskInfo.Builder task) {
    tasks.get(task.getName()).on(member);
    task.setData(task.getCommand().getValueBytes()).clearCommand().setExecutor(member.info());
  }

  /** Only as many tasks as it was told are left to be launched. */
  private boolean isEnding() {
    return wanted != Integer.MAX_VALUE;
  }

  private void decline(List<Offer> offers, Duration refusal) {
    if (!offers.isEmpty()) {
      var decline =
          Call.Decline.newBuilder()
              .setFilters(Filters.newBuilder().setRefuseSeconds(refusal.toMillis() / 1000.0));
      offers.forEach(offer -> decline.addOfferIds(offer.getId()));
      session.send(session.call(Call.Type.DECLINE).setDecline(decline), true);
    }
  }

  private void updated(TaskStatus status) {
    var task = tasks.get(status.getTaskId().getValue());
    if (task == null) {
      throw world.broken(name + " heard of a task it never launched: " + status);
    }
    task.hear(status);
    if (status.hasUuid()) {
      process.after(
          chance.nextLong(manners.slowness().toNanos() + 1), () -> acknowledge(task, status));
    }
  }

  private void acknowledge(SimTask task, TaskStatus status) {
    if (session.isSubscribed()) {
      task.acknowledge(status.getUuid());
      session.send(
          session
              .call(Call.Type.ACKNOWLEDGE)
              .setAcknowledge(
                  Call.Acknowledge.newBuilder()
                      .setAgentId(status.getAgentId())
                      .setTaskId(status.getTaskId())
                      .setUuid(status.getUuid())),
          true);
    }
  }

  private void lookAfterTasks() {
    // Now and then again: an old SUPPRESS may have overtaken the REVIVE that came after it.
    if (!leaving && wants() && (suppressed || (manners.suppresses() && chance.nextInt(4) == 0))) {
      revive();
    }
    if (session.isSubscribed()) {
      for (var task : tasks.values()) {
        if (!task.over()
            && (task.killed()
                || (ending ? task.runs() : chance.nextDouble() < manners.kills() / 4))) {
          kill(task);
        }
      }
      crew.all().forEach(this::lookAfter);
    }
  }

  /** One that was asked to end may not have heard it. */
  private void lookAfter(Crew.Member executor) {
    if (mayEnd(executor)) {
      executor.shutDown();
      var shutdown =
          Call.Shutdown.newBuilder()
              .setAgentId(executor.agent())
              .setExecutorId(executor.info().getExecutorId());
      session.send(session.call(Call.Type.SHUTDOWN).setShutdown(shutdown), true);
    } else if (chance.nextInt(4) == 0) {
      var message =
          Call.Message.newBuilder()
              .setAgentId(executor.agent())
              .setExecutorId(executor.info().getExecutorId())
              .setData(ByteString.copyFromUtf8("how are you"));
      session.send(session.call(Call.Type.MESSAGE).setMessage(message), true);
    }
  }

  /** In the end all shall, but not before each task has come to something. */
  private boolean mayEnd(Crew.Member executor) {
    if (ending) {
      return executor.shut() || !awaits(executor);
    }
    return executor.shut() ? chance.nextBoolean() : crew.isTired();
  }

  /** Whether nothing was heard yet of a task of it. */
  private boolean awaits(Crew.Member executor) {
    return tasks.values().stream()
        .anyMatch(task -> task.isOn(executor) && task.state() == TaskState.TASK_STAGING);
  }

  /** A task that is being killed is killed again, sometimes with less patience. */
  private void kill(SimTask task) {
    task.kill();
    var kill = Call.Kill.newBuilder().setTaskId(task.message()).setAgentId(task.agent());
    if (chance.nextInt(3) == 0) {
      kill.getKillPolicyBuilder()
          .getGracePeriodBuilder()
          .setNanoseconds(chance.nextLong(30_000_000_000L));
    }
    session.send(session.call(Call.Type.KILL).setKill(kill), true);
  }

  private void revive() {
    suppressed = false;
    session.send(session.call(Call.Type.REVIVE), true);
  }

  /** Asks for all tasks, or for those it would like to know of. */
  private void reconcile() {
    if (!session.isSubscribed() || leaving) {
      return;
    }
    var reconcile = Call.Reconcile.newBuilder();
    if (chance.nextBoolean()) {
      for (var task : tasks.values()) {
        if (!task.over()) {
          reconcile.addTasks(
              Call.Reconcile.Task.newBuilder().setTaskId(task.message()).setAgentId(task.agent()));
        }
      }
      if (reconcile.getTasksCount() == 0) {
        return;
      }
    }
    session.send(session.call(Call.Type.RECONCILE).setReconcile(reconcile), true);
  }
}
