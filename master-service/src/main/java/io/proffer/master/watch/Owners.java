package io.proffer.master.watch;

import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;
import io.proffer.api.task.TaskUser;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.master.core.fact.Task;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * As whom frameworks and their tasks run: events of tasks name ids only, and who may hear of them
 * depends on users. It keeps the users of frameworks, and of the tasks on the books and out of
 * reach those that run as somebody else: of the latter there is still news, how they ended. Of one
 * thread.
 */
final class Owners {
  /**
   * The books of a framework that is removed are cleared after it, within some turns: so many
   * removed ones are remembered for that.
   */
  private static final int REMOVED = 1024;

  private final int outOfReach;
  private final Map<FrameworkId, Owner> frameworks = new HashMap<>();
  private final Map<FrameworkId, Owner> removed =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<FrameworkId, Owner> eldest) {
          return size() > REMOVED;
        }
      };

  /**
   * A framework's user, and its tasks with another one.
   *
   * @param lost those of them out of reach, the oldest first: as many as the core may remember
   */
  private record Owner(FrameworkInfo info, Map<TaskId, String> others, SequencedSet<TaskId> lost) {}

  /**
   * @param outOfReach how many unreachable tasks of a framework the core remembers; it has no news
   *     of older ones
   */
  Owners(int outOfReach) {
    this.outOfReach = outOfReach;
  }

  void add(FrameworkId id, FrameworkInfo info) {
    var known = frameworks.get(id);
    frameworks.put(
        id,
        known == null
            ? new Owner(info, new HashMap<>(), new LinkedHashSet<>())
            : new Owner(info, known.others(), known.lost()));
  }

  void remove(FrameworkId id) {
    var owner = frameworks.remove(id);
    if (owner != null) {
      removed.put(id, owner);
    }
  }

  Subject add(Task task) {
    var owner = find(task.framework());
    if (owner.isEmpty()) {
      return new Subject.Forgotten();
    }
    var info = owner.get().info();
    var user = TaskUser.of(task.taskInfo(), info);
    owner.get().lost().remove(task.id());
    if (user.equals(info.getUser())) {
      owner.get().others().remove(task.id()); // One before it had this id.
    } else {
      owner.get().others().put(task.id(), user);
    }
    return new Subject.OfTask(info.getUser(), user);
  }

  Subject of(FrameworkId framework, TaskId task) {
    return find(framework)
        .<Subject>map(
            owner -> {
              var user = owner.info().getUser();
              return new Subject.OfTask(user, owner.others().getOrDefault(task, user));
            })
        .orElseGet(Subject.Forgotten::new);
  }

  /** It is out of reach: it may come back, or be known to have ended after all. */
  void lose(FrameworkId framework, TaskId task) {
    find(framework)
        .filter(owner -> owner.others().containsKey(task))
        .ifPresent(
            owner -> {
              owner.lost().addLast(task);
              if (owner.lost().size() > outOfReach) {
                owner.others().remove(owner.lost().removeFirst());
              }
            });
  }

  /** It has ended; what is said of it from now on was said before. */
  void remove(FrameworkId framework, TaskId task) {
    find(framework)
        .ifPresent(
            owner -> {
              owner.others().remove(task);
              owner.lost().remove(task);
            });
  }

  private Optional<Owner> find(FrameworkId id) {
    var owner = frameworks.get(id);
    return Optional.ofNullable(owner == null ? removed.get(id) : owner);
  }
}
