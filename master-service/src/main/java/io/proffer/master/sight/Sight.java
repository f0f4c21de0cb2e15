package io.proffer.master.sight;

import io.proffer.api.acl.Action;
import io.proffer.api.acl.Permit;
import io.proffer.api.acl.Rights;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.resource.Element;
import io.proffer.api.resource.Resources;
import io.proffer.api.task.TaskUser;
import io.proffer.api.v1.AgentInfo;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Executor;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.Snapshot;
import io.proffer.master.core.fact.Task;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one reader may see. All of a framework that may not be seen is hidden, whoever its tasks run
 * as; of one that may be, each task and each executor is judged by itself. Agents are there for
 * everybody, without the resources of roles that may not be seen: neither single nor in sums.
 */
public final class Sight {
  private final Permit frameworks;
  private final Permit tasks;
  private final Permit executors;
  private final Permit roles;
  private final boolean flags;

  private Sight(Rights rights) {
    this.frameworks = rights.on(Action.VIEW_FRAMEWORK);
    this.tasks = rights.on(Action.VIEW_TASK);
    this.executors = rights.on(Action.VIEW_EXECUTOR);
    this.roles = rights.on(Action.VIEW_ROLE);
    this.flags = rights.allow(Action.VIEW_FLAGS);
  }

  /** That of somebody with these rights. */
  public static Sight of(Rights rights) {
    return new Sight(rights);
  }

  /** Whether flags may be seen. */
  public boolean ofFlags() {
    return flags;
  }

  /** Whether a role may be seen. */
  public boolean ofRole(String role) {
    return roles.allows(role);
  }

  /** Whether all frameworks, with all that is theirs, and all roles may be seen. */
  public boolean isWhole() {
    return isOfAllFrameworks() && isOfAllRoles();
  }

  /** Whether there is nothing that may not be seen, flags included. */
  public boolean isEverything() {
    return isWhole() && flags;
  }

  /** Whether all roles may be seen, and so agents with all their resources. */
  public boolean isOfAllRoles() {
    return roles.isUnlimited();
  }

  private boolean isOfAllFrameworks() {
    return frameworks.isUnlimited() && tasks.isUnlimited() && executors.isUnlimited();
  }

  /** Whether a framework of this user may be seen. */
  public boolean ofFramework(String user) {
    return frameworks.allows(user);
  }

  /**
   * Whether a task may be seen.
   *
   * @param owner the user of its framework
   * @param user as whom it runs
   */
  public boolean ofTask(String owner, String user) {
    return frameworks.allows(owner) && tasks.allows(user);
  }

  /**
   * The part of a snapshot that may be seen; the same one when that is all of it. Costs time for
   * each row otherwise: for a thread that may take it.
   */
  public Snapshot of(Snapshot all) {
    if (isWhole()) {
      return all;
    }
    var rows = isOfAllFrameworks() ? all : ofFrameworks(all);
    return isOfAllRoles() ? rows : ofRoles(rows);
  }

  private Snapshot ofFrameworks(Snapshot all) {
    var seen = new HashMap<FrameworkId, Framework>();
    for (var list : List.of(all.frameworks(), all.completedFrameworks())) {
      for (var framework : list) {
        if (ofFramework(framework.info().getUser())) {
          seen.put(framework.id(), framework);
        }
      }
    }
    return new Snapshot(
        all.frames(),
        all.version(),
        all.master(),
        all.agents(),
        all.recovered(),
        all.frameworks().filter(row -> seen.containsKey(row.id())),
        all.completedFrameworks().filter(row -> seen.containsKey(row.id())),
        all.offers().filter(row -> seen.containsKey(row.framework())),
        all.executors().filter(row -> isSeen(row, seen)),
        all.tasks().filter(row -> isSeen(row, seen)),
        all.unreachableTasks().filter(row -> isSeen(row, seen)),
        all.completedTasks().filter(row -> isSeen(row, seen)),
        all.unreachableAgents(),
        all.roles(),
        all.maintenance(),
        all.inverseOffers().filter(row -> seen.containsKey(row.framework())),
        all.inverseAnswers().filter(row -> seen.containsKey(row.framework())),
        all.deactivated());
  }

  private boolean isSeen(Executor row, Map<FrameworkId, Framework> seen) {
    var framework = seen.get(row.framework());
    return framework != null
        && (executors.isUnlimited()
            || executors.allows(TaskUser.of(row.executorInfo(), framework.info())));
  }

  private boolean isSeen(Task row, Map<FrameworkId, Framework> seen) {
    var framework = seen.get(row.framework());
    return framework != null
        && (tasks.isUnlimited() || tasks.allows(TaskUser.of(row.taskInfo(), framework.info())));
  }

  private Snapshot ofRoles(Snapshot all) {
    return new Snapshot(
        all.frames(),
        all.version(),
        all.master(),
        all.agents().map(this::of),
        all.recovered().map(this::of),
        all.frameworks(),
        all.completedFrameworks(),
        all.offers(),
        all.executors(),
        all.tasks(),
        all.unreachableTasks(),
        all.completedTasks(),
        all.unreachableAgents(),
        all.roles(),
        all.maintenance(),
        all.inverseOffers(),
        all.inverseAnswers(),
        all.deactivated());
  }

  /**
   * The agent without the resources of roles that may not be seen; the same row when it has none,
   * so that what was encoded of it serves this reader too.
   */
  public Agent of(Agent agent) {
    if (isOfAllRoles()) {
      return agent;
    }
    var info = of(agent.info());
    var total = of(agent.total());
    var allocated = of(agent.allocated());
    var offered = of(agent.offered());
    return isSame(info, agent.info())
            && isSame(total, agent.total())
            && isSame(allocated, agent.allocated())
            && isSame(offered, agent.offered())
        ? agent
        : new Agent(
            agent.id(),
            info,
            agent.ip(),
            agent.version(),
            agent.capabilities(),
            agent.resourceVersion(),
            agent.link(),
            agent.orders(),
            total,
            allocated,
            offered,
            agent.registered(),
            agent.reregistered(),
            agent.said());
  }

  /** Of what nothing is hidden, the very same comes back; looking into it would take too long. */
  private static boolean isSame(Object one, Object other) {
    return one == other;
  }

  private AgentInfo of(AgentInfo info) {
    var all = Resources.of(info.getResourcesList());
    var seen = of(all);
    return isSame(seen, all)
        ? info
        : info.toBuilder().clearResources().addAllResources(seen.messages()).build();
  }

  private Resources of(Resources resources) {
    return resources.filter(this::isSeen);
  }

  /** A refined reservation is seen by who may see each role of it, as in the reference. */
  private boolean isSeen(Element element) {
    return element.kind().allocation().stream().allMatch(roles::allows)
        && element.kind().reservations().stream()
            .allMatch(reservation -> roles.allows(reservation.role()));
  }
}
