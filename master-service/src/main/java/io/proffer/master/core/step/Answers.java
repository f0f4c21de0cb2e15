package io.proffer.master.core.step;

import io.proffer.api.id.TaskId;
import io.proffer.api.v1.scheduler.Call;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.event.WorkEvent;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.Work;
import io.proffer.master.core.state.Turn;
import java.util.List;
import java.util.Optional;

/**
 * Answers to RECONCILE and RECONCILE_OPERATIONS. A long one is given in pages, the next when the
 * stream has drained the one before: a slow reader never makes the master hold more than a page.
 *
 * <p>At most one page mark is on its way on each stream; further long answers wait behind it.
 */
public final class Answers {
  private Answers() {}

  /** Answers for every task of the framework. */
  public static void implicit(Framework framework, String streamId, Turn turn) {
    begin(new Work.ReconcileAll(framework.id(), streamId, Optional.empty()), turn);
  }

  /** Answers for the tasks asked for. */
  public static void explicit(
      Framework framework, String streamId, List<Call.Reconcile.Task> tasks, Turn turn) {
    begin(new Work.ReconcileListed(framework.id(), streamId, tasks, 0), turn);
  }

  /** Answers for the operations asked for. */
  public static void operations(
      String streamId, List<Call.ReconcileOperations.Operation> operations, Turn turn) {
    begin(new Work.ReconcileOperations(streamId, operations, 0), turn);
  }

  /** The stream has drained: the next page. */
  public static void drained(String streamId, Turn turn) {
    var waiting = turn.state().works().answers(streamId);
    if (waiting.isEmpty()) {
      return;
    }
    long id = waiting.getFirst();
    var work = turn.state().works().find(id).orElseThrow();
    var rest = work instanceof Work.Answer answer ? page(answer, turn) : Optional.<Work>empty();
    turn.emit(rest.isPresent() ? new WorkEvent.Advanced(id, rest.get()) : new WorkEvent.Ended(id));
    if (rest.isPresent() || waiting.size() > 1) {
      turn.send(new ToFramework.PageEnd(streamId));
    }
  }

  /** The stream is gone, and with it whoever waited. */
  public static void forget(String streamId, Turn turn) {
    turn.state().works().answers(streamId).forEach(id -> turn.emit(new WorkEvent.Ended(id)));
  }

  private static void begin(Work.Answer answer, Turn turn) {
    var waiting = turn.state().works().answers(answer.streamId());
    if (waiting.isEmpty() || isShort(answer, turn)) {
      var rest = page(answer, turn);
      rest.ifPresent(
          work -> {
            turn.emit(new WorkEvent.Begun(turn.state().works().nextId(), work));
            turn.send(new ToFramework.PageEnd(answer.streamId()));
          });
    } else if (waiting.size() < turn.settings().maxPagedReconciliations()
        && !isAnnounced(answer, waiting, turn)) {
      // Beyond the limit the call is dropped: clients repeat it until every task is answered.
      turn.emit(new WorkEvent.Begun(turn.state().works().nextId(), answer));
    }
  }

  private static boolean isShort(Work.Answer answer, Turn turn) {
    int limit = turn.settings().turnEntities();
    return switch (answer) {
      case Work.ReconcileAll all -> turn.state().tasks().count(all.framework()) <= limit;
      case Work.ReconcileListed listed -> listed.tasks().size() <= limit;
      case Work.ReconcileOperations listed -> listed.operations().size() <= limit;
    };
  }

  /** Whether the same whole answer waits already. */
  private static boolean isAnnounced(Work.Answer answer, List<Long> waiting, Turn turn) {
    return waiting.stream()
        .anyMatch(id -> turn.state().works().find(id).filter(answer::equals).isPresent());
  }

  /** Sends a page; what remains, if anything. */
  private static Optional<Work> page(Work.Answer answer, Turn turn) {
    return switch (answer) {
      case Work.ReconcileAll all -> page(all, turn);
      case Work.ReconcileListed listed -> page(listed, turn);
      case Work.ReconcileOperations listed -> page(listed, turn);
    };
  }

  private static Optional<Work> page(Work.ReconcileAll all, Turn turn) {
    int limit = turn.settings().turnEntities();
    var tasks = turn.state().tasks();
    var page = tasks.page(all.framework(), all.after(), limit + 1);
    boolean more = page.size() > limit;
    var now = more ? page.subList(0, limit) : page;
    for (TaskId id : now) {
      var task = tasks.find(all.framework(), id).orElseThrow();
      turn.send(
          new ToFramework.Update(all.streamId(), all.framework(), ReconcileTask.known(task, turn)));
    }
    return more
        ? Optional.of(
            new Work.ReconcileAll(all.framework(), all.streamId(), Optional.of(now.getLast())))
        : Optional.empty();
  }

  private static Optional<Work> page(Work.ReconcileListed listed, Turn turn) {
    int end = Math.min(listed.tasks().size(), listed.next() + turn.settings().turnEntities());
    var framework = turn.state().frameworks().find(listed.framework()).orElseThrow();
    for (var asked : listed.tasks().subList(listed.next(), end)) {
      ReconcileTask.answer(framework, asked, turn)
          .ifPresent(
              status ->
                  turn.send(new ToFramework.Update(listed.streamId(), listed.framework(), status)));
    }
    return end < listed.tasks().size()
        ? Optional.of(
            new Work.ReconcileListed(listed.framework(), listed.streamId(), listed.tasks(), end))
        : Optional.empty();
  }

  private static Optional<Work> page(Work.ReconcileOperations listed, Turn turn) {
    int end = Math.min(listed.operations().size(), listed.next() + turn.settings().turnEntities());
    for (var asked : listed.operations().subList(listed.next(), end)) {
      turn.send(
          new ToFramework.OperationUpdate(
              listed.streamId(), ReconcileOperation.answer(asked, turn)));
    }
    return end < listed.operations().size()
        ? Optional.of(new Work.ReconcileOperations(listed.streamId(), listed.operations(), end))
        : Optional.empty();
  }
}
