package io.proffer.agent.http;

import io.proffer.agent.core.fact.Framework;
import io.proffer.agent.core.fact.Snapshot;
import io.proffer.agent.core.fact.Task;
import io.proffer.api.acl.Action;
import io.proffer.api.acl.Permit;
import io.proffer.api.acl.Rights;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.resource.Element;
import io.proffer.api.resource.Resources;
import io.proffer.api.task.TaskUser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What of the agent's tables one reader may see (lifecycle, section 11). All of a framework that
 * may not be seen is hidden; a command task is shown where both it and the executor it is shown
 * under may be. What is unknown is for who may see all.
 */
final class Sight {
  private final Permit frameworks;
  private final Permit tasks;
  private final Permit executors;
  private final Permit containers;
  private final Permit roles;
  private final boolean flags;

  Sight(Rights rights) {
    this.frameworks = rights.on(Action.VIEW_FRAMEWORK);
    this.tasks = rights.on(Action.VIEW_TASK);
    this.executors = rights.on(Action.VIEW_EXECUTOR);
    this.containers = rights.on(Action.VIEW_CONTAINER);
    this.roles = rights.on(Action.VIEW_ROLE);
    this.flags = rights.allow(Action.VIEW_FLAGS);
  }

  /** Whether flags may be seen. */
  boolean ofFlags() {
    return flags;
  }

  /** Whether a container may be seen, with the names of what runs in it. */
  boolean ofContainer(Held held) {
    return containers.allows(held.user());
  }

  /** Those of these frameworks that may be seen. */
  List<Framework> of(List<Framework> all) {
    return all.stream().filter(framework -> frameworks.allows(framework.info().getUser())).toList();
  }

  /** The executors that live, as far as they may be seen. */
  List<Held> live(Snapshot snapshot) {
    return of(snapshot, Held.live(snapshot));
  }

  /** The executors that are over, as far as they may be seen. */
  List<Held> completed(Snapshot snapshot) {
    return of(snapshot, Held.completed(snapshot));
  }

  private List<Held> of(Snapshot snapshot, List<Held> all) {
    if (frameworks.isUnlimited() && executors.isUnlimited() && tasks.isUnlimited()) {
      return all;
    }
    var known = frameworks(snapshot);
    return all.stream().flatMap(held -> of(held, known).stream()).toList();
  }

  private Optional<Held> of(Held held, Map<FrameworkId, Framework> known) {
    if (!ofFramework(held.framework(), known) || !executors.allows(held.user())) {
      return Optional.empty();
    }
    var seen =
        held.with(
            held.tasks().stream().filter(task -> ofTask(task, known)).toList(),
            held.completed().stream().filter(task -> ofTask(task, known)).toList());
    return held.isOfCommand() && seen.tasks().isEmpty() && seen.completed().isEmpty()
        ? Optional.empty()
        : Optional.of(seen);
  }

  /** Those of these tasks that may be seen. */
  List<Task> tasks(Snapshot snapshot, List<Task> all) {
    if (frameworks.isUnlimited() && tasks.isUnlimited()) {
      return all;
    }
    var known = frameworks(snapshot);
    return all.stream()
        .filter(task -> ofFramework(task.key().framework(), known) && ofTask(task, known))
        .toList();
  }

  private boolean ofTask(Task task, Map<FrameworkId, Framework> known) {
    return tasks.allows(
        Optional.ofNullable(known.get(task.key().framework()))
            .map(framework -> TaskUser.of(task.info(), framework.info())));
  }

  private boolean ofFramework(FrameworkId id, Map<FrameworkId, Framework> known) {
    return frameworks.allows(
        Optional.ofNullable(known.get(id)).map(framework -> framework.info().getUser()));
  }

  static Map<FrameworkId, Framework> frameworks(Snapshot snapshot) {
    var known = new HashMap<FrameworkId, Framework>();
    for (var list : List.of(snapshot.completedFrameworks(), snapshot.frameworks())) {
      list.forEach(framework -> known.put(framework.id(), framework));
    }
    return known;
  }

  /** These resources without those of roles that may not be seen. */
  Resources of(Resources all) {
    return roles.isUnlimited() ? all : all.filter(this::ofElement);
  }

  private boolean ofElement(Element element) {
    return element.kind().allocation().stream().allMatch(roles::allows)
        && element.kind().reservations().stream()
            .allMatch(reservation -> roles.allows(reservation.role()));
  }
}
