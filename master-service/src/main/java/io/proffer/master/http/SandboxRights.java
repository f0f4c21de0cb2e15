package io.proffer.master.http;

import io.proffer.api.acl.Action;
import io.proffer.api.acl.Rights;
import io.proffer.api.task.TaskUser;
import io.proffer.api.v1.ContainerID;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.TaskStatus;
import io.proffer.master.core.fact.Snapshot;
import io.proffer.master.core.fact.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Whose sandbox a path is about, and whether somebody may read it (access_sandboxes). The master
 * judges by what it knows of the executor, and of its run where the path names one; what it does
 * not know any more may be read by whoever may read all.
 */
final class SandboxRights {
  private static final Pattern SANDBOX =
      Pattern.compile("/frameworks/([^/]+)/executors/([^/]+)/(?:runs/([^/]+))?");

  private static final String LATEST = "latest";

  private final Snapshot snapshot;
  private final Map<String, List<FrameworkInfo>> frameworks = new HashMap<>();

  /** As whom executors of a name, and each of their runs, ran. */
  private final Map<Key, Users> known = new HashMap<>();

  private SandboxRights(Snapshot snapshot, Set<Sandbox> asked) {
    this.snapshot = snapshot;
    for (var sandbox : asked) {
      known.put(sandbox.key(), new Users());
      frameworks.put(sandbox.key().framework(), new ArrayList<>());
    }
  }

  private record Key(String framework, String executor) {}

  /**
   * What a path is about.
   *
   * @param run the container of one run; empty for the newest, whichever that is
   */
  private record Sandbox(Key key, Optional<String> run) {}

  private record Users(Set<String> all, Map<String, Set<String>> byRun) {
    Users() {
      this(new TreeSet<>(), new HashMap<>());
    }

    /** More than one, where a name was used again. */
    Set<String> of(Optional<String> run) {
      return run.map(name -> byRun.getOrDefault(name, Set.of())).orElse(all);
    }
  }

  static boolean allow(Rights rights, Snapshot snapshot, String path) {
    var asked = asked(path);
    if (asked.isEmpty()) {
      return rights.allow(Action.ACCESS_SANDBOX);
    }
    var permit = rights.on(Action.ACCESS_SANDBOX);
    var here = new SandboxRights(snapshot, asked);
    here.scan();
    return asked.stream()
        .map(sandbox -> here.known.get(sandbox.key()).of(sandbox.run()))
        .allMatch(
            users ->
                users.isEmpty()
                    ? rights.allow(Action.ACCESS_SANDBOX)
                    : users.stream().allMatch(permit::allows));
  }

  /** A path may spell several; which the agent takes is not to depend on how this reads it. */
  private static Set<Sandbox> asked(String path) {
    var asked = new LinkedHashSet<Sandbox>();
    var found = SANDBOX.matcher(path);
    for (var from = 0; found.find(from); from = found.start() + 1) {
      asked.add(
          new Sandbox(
              new Key(found.group(1), found.group(2)),
              Optional.ofNullable(found.group(3)).filter(run -> !run.equals(LATEST))));
    }
    return asked;
  }

  /** Looks at each row once, however many sandboxes are asked for. */
  private void scan() {
    for (var rows : List.of(snapshot.frameworks(), snapshot.completedFrameworks())) {
      for (var row : rows) {
        Optional.ofNullable(frameworks.get(row.id().value()))
            .ifPresent(infos -> infos.add(row.info()));
      }
    }
    for (var row : snapshot.executors()) {
      var framework = row.framework().value();
      var users = known.get(new Key(framework, row.id().value()));
      if (users != null) {
        for (var info : frameworks.get(framework)) {
          users.all().add(TaskUser.of(row.executorInfo(), info));
        }
      }
    }
    for (var rows :
        List.of(snapshot.tasks(), snapshot.unreachableTasks(), snapshot.completedTasks())) {
      for (var row : rows) {
        // A command task is its own executor, under its own name.
        var runsIn = row.executor().map(name -> name.value()).orElse(row.id().value());
        var users = known.get(new Key(row.framework().value(), runsIn));
        if (users != null) {
          add(row, users);
        }
      }
    }
  }

  private void add(Task row, Users users) {
    var info = row.taskInfo();
    for (var framework : frameworks.get(row.framework().value())) {
      var user =
          info.hasExecutor()
              ? TaskUser.of(info.getExecutor(), framework)
              : TaskUser.of(info, framework);
      users.all().add(user);
      for (var status : row.statuses()) {
        run(status)
            .ifPresent(run -> users.byRun().computeIfAbsent(run, any -> new TreeSet<>()).add(user));
      }
    }
  }

  /** The container that has the sandbox: that of the executor, in which others may be. */
  private static Optional<String> run(TaskStatus status) {
    if (!status.getContainerStatus().hasContainerId()) {
      return Optional.empty();
    }
    ContainerID container = status.getContainerStatus().getContainerId();
    while (container.hasParent()) {
      container = container.getParent();
    }
    return Optional.of(container.getValue());
  }
}
