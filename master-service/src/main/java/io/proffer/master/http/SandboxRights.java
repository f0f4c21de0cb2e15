package io.proffer.master.http;

import io.proffer.api.acl.Action;
import io.proffer.api.acl.Rights;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.master.core.fact.Snapshot;
import io.proffer.master.core.fact.TaskUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Whose sandbox a path is about, and whether somebody may read it (access_sandboxes). The master
 * judges by what it knows of the executor; one that it does not know any more may be read by
 * whoever may read all.
 */
final class SandboxRights {
  private static final Pattern SANDBOX = Pattern.compile("/frameworks/([^/]+)/executors/([^/]+)/");

  private SandboxRights() {}

  static boolean allow(Rights rights, Snapshot snapshot, String path) {
    var permit = rights.on(Action.ACCESS_SANDBOX);
    var users = new ArrayList<String>();
    var sandbox = SANDBOX.matcher(path);
    // A path may spell several; which the agent takes is not to depend on how this reads it.
    for (var from = 0; sandbox.find(from); from = sandbox.start() + 1) {
      var found = users(snapshot, sandbox.group(1), sandbox.group(2));
      if (found.isEmpty()) {
        return rights.allow(Action.ACCESS_SANDBOX);
      }
      users.addAll(found);
    }
    return users.isEmpty()
        ? rights.allow(Action.ACCESS_SANDBOX)
        : users.stream().allMatch(permit::allows);
  }

  /** As whom executors of this name ran: more than one, where the name was used again. */
  private static List<String> users(Snapshot snapshot, String framework, String executor) {
    var users = new TreeSet<String>();
    for (var rows : List.of(snapshot.frameworks(), snapshot.completedFrameworks())) {
      for (var row : rows) {
        if (row.id().value().equals(framework)) {
          addUsers(snapshot, row.info(), executor, users);
        }
      }
    }
    return List.copyOf(users);
  }

  private static void addUsers(
      Snapshot snapshot, FrameworkInfo framework, String executor, Set<String> users) {
    var id = framework.getId().getValue();
    for (var row : snapshot.executors()) {
      if (row.framework().value().equals(id) && row.id().value().equals(executor)) {
        users.add(TaskUser.of(row.executorInfo(), framework));
      }
    }
    for (var rows :
        List.of(snapshot.tasks(), snapshot.unreachableTasks(), snapshot.completedTasks())) {
      for (var row : rows) {
        // A command task is its own executor, under its own name.
        var runsIn = row.executor().map(name -> name.value()).orElse(row.id().value());
        if (row.framework().value().equals(id) && runsIn.equals(executor)) {
          var info = row.taskInfo();
          users.add(
              info.hasExecutor()
                  ? TaskUser.of(info.getExecutor(), framework)
                  : TaskUser.of(info, framework));
        }
      }
    }
  }
}
