package io.proffer.agent.core.rule;

import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.effect.ToMaster;
import io.proffer.agent.core.event.ExecutorEvent;
import io.proffer.agent.core.event.LinkEvent;
import io.proffer.agent.core.state.Turn;
import io.proffer.agent.core.step.LoseMaster;
import io.proffer.agent.core.update.Updates;

/** A master accepted the session: the head of each update stream is sent at once. */
public final class FollowMaster {
  private FollowMaster() {}

  /** Refuses a master of a lower epoch than the agent has followed: it was deposed. */
  public static void decide(MasterCommand.Registered master, Turn turn) {
    var followed = turn.state().epoch();
    if (master.epoch() < followed) {
      turn.emit(new LinkEvent.Outdated(master.session(), master.epoch(), followed));
      turn.send(new ToMaster.Close(master.session()));
      LoseMaster.over(
          turn,
          master.session(),
          "the master's epoch %d is lower than %d, which this agent has followed"
              .formatted(master.epoch(), followed));
      return;
    }
    var own = turn.state().agent();
    if (own.isPresent() && !own.get().equals(master.agent())) {
      turn.send(new ToMaster.Close(master.session()));
      LoseMaster.over(
          turn,
          master.session(),
          "the master calls this agent %s, but its tasks and sandboxes are those of agent %s"
              .formatted(master.agent(), own.get()));
      return;
    }
    turn.emit(
        new LinkEvent.Registered(
            master.session(), master.epoch(), master.agent(), master.master()));
    tellEnds(turn, master.session());
    for (var stream : turn.state().streams().all()) {
      Updates.sendHead(turn, stream.key());
    }
  }

  /**
   * The subscription has told of all ends before it. What ended since, the master has on its books,
   * for the subscription lists it.
   */
  private static void tellEnds(Turn turn, String session) {
    for (var key : turn.state().untoldEnds().keys()) {
      var end = turn.state().untoldEnds().get(key);
      if (end.isDuring(session)) {
        turn.send(
            new ToMaster.ExecutorExited(session, key.framework(), key.executor(), end.status()));
      } else {
        turn.emit(new ExecutorEvent.EndTold(key));
      }
    }
  }
}
