package io.proffer.master.core.step.operation;

import io.proffer.api.resource.Resources;
import io.proffer.master.core.event.OfferEvent;
import io.proffer.master.core.event.WorkEvent;
import io.proffer.master.core.fact.Work;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.EndOffers;
import java.util.Optional;
import java.util.OptionalLong;

/** Walks the operations of an ACCEPT, as many as a turn may touch, and goes on in later turns. */
public final class AcceptOperations {
  private AcceptOperations() {}

  /** The first slice; the offers have ended. */
  public static void begin(Work.Accept work, Turn turn) {
    run(work, turn)
        .ifPresent(rest -> turn.emit(new WorkEvent.Begun(turn.state().works().nextId(), rest)));
  }

  /** One slice more. */
  public static void resume(long workId, Work.Accept work, Turn turn) {
    var rest = run(work, turn);
    turn.emit(
        rest.isPresent()
            ? new WorkEvent.Advanced(workId, rest.get())
            : new WorkEvent.Ended(workId));
  }

  private static Optional<Work.Accept> run(Work.Accept work, Turn turn) {
    var framework = turn.state().frameworks().find(work.framework());
    if (framework.isEmpty()) {
      // Removed between two slices: there is nobody to launch for.
      giveBack(work, OptionalLong.empty(), turn);
      return Optional.empty();
    }
    var launch = new Launch(framework.get(), work.agent(), work.role(), work.rights(), turn);
    int budget = turn.settings().turnEntities();
    var now = work;
    while (now.operation() < now.operations().size()) {
      var operation = now.operations().get(now.operation());
      int tasks = Launches.count(operation);
      if (budget == 0) {
        return Optional.of(now);
      }
      if (tasks == 0) {
        Unsupported.answer(operation, launch);
        budget--;
        now = next(now);
        continue;
      }
      // It may have a hundred thousand tasks: to look at all of them in each slice is too often.
      var error = now.task() == 0 ? Launches.check(operation, now.left(), launch) : now.error();
      int end = Math.min(tasks, now.task() + budget);
      var left = Launches.run(operation, now.task(), end, now.left(), error, launch);
      budget -= end - now.task();
      now = with(now, left, end, error);
      now = end == tasks ? next(now) : now;
    }
    boolean agentThere = launch.agent().isPresent();
    var refusedForNanos =
        agentThere ? OptionalLong.of(EndOffers.refusal(now.filters())) : OptionalLong.empty();
    giveBack(now, refusedForNanos, turn);
    return Optional.empty();
  }

  private static void giveBack(Work.Accept work, OptionalLong refusedForNanos, Turn turn) {
    if (!work.left().isEmpty()) {
      turn.emit(
          new OfferEvent.Returned(
              work.framework(),
              work.role(),
              work.agent(),
              work.left(),
              OfferEvent.Cause.UNUSED,
              refusedForNanos));
    }
  }

  private static Work.Accept next(Work.Accept w) {
    return new Work.Accept(
        w.framework(),
        w.agent(),
        w.role(),
        w.left(),
        w.operations(),
        w.operation() + 1,
        0,
        Optional.empty(),
        w.filters(),
        w.rights());
  }

  private static Work.Accept with(Work.Accept w, Resources left, int task, Optional<String> error) {
    return new Work.Accept(
        w.framework(),
        w.agent(),
        w.role(),
        left,
        w.operations(),
        w.operation(),
        task,
        error,
        w.filters(),
        w.rights());
  }
}
