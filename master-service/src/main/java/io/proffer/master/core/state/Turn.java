package io.proffer.master.core.state;

import io.proffer.api.id.AgentId;
import io.proffer.kernel.Moment;
import io.proffer.master.core.command.ReplyTo;
import io.proffer.master.core.effect.Effect;
import io.proffer.master.core.effect.Rejection;
import io.proffer.master.core.effect.Reply;
import io.proffer.master.core.event.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** One command's turn: what a rule may see and do. */
public final class Turn {
  private final MasterState state;
  private final Moment moment;
  private final List<Event> events = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();

  Turn(MasterState state, Moment moment) {
    this.state = state;
    this.moment = moment;
  }

  public MasterState state() {
    return state;
  }

  public Moment moment() {
    return moment;
  }

  public CoreSettings settings() {
    return state.settings();
  }

  /** States a fact: it is applied at once, so that what follows sees it, and recorded. */
  public void emit(Event event) {
    try {
      state.apply(event, moment);
    } catch (RuntimeException e) {
      throw new BrokenStateException(event, e);
    }
    events.add(event);
  }

  /** Takes out a deadline that is due. Its rule must deal with it in this turn. */
  public Optional<Due> takeDue() {
    return state.deadlines().popDue(moment.monotonicNanos(), 1).stream().findFirst();
  }

  /** Puts a deadline off by so long from now. */
  public void putOff(Due due, Duration delay) {
    state.deadlines().schedule(due, moment.monotonicNanos() + delay.toNanos());
  }

  /** Has an agent become unreachable when its turn comes, unless it is back before. */
  public void queueRemoval(AgentId agent) {
    state.removals().queue(agent, moment.monotonicNanos());
  }

  /** It is the turn of the agent that waits longest. */
  public void nextRemoval() {
    state.removals().next(moment.monotonicNanos());
  }

  /** One agent becomes unreachable now, and others must wait for that. */
  public void takeRemoval() {
    state.removals().take(moment.monotonicNanos());
  }

  /** Tells the world, once the durable events of this turn are stored. */
  public void send(Effect effect) {
    effects.add(effect);
  }

  /** Answers 202. */
  public void accept(ReplyTo replyTo) {
    send(new Reply.Accepted(replyTo));
  }

  /** Refuses the request. */
  public void reject(ReplyTo replyTo, Rejection rejection) {
    send(new Reply.Refused(replyTo, rejection));
  }

  /** What became true, so far. */
  public List<Event> events() {
    return Collections.unmodifiableList(events);
  }

  /** What the world must hear, so far. */
  public List<Effect> effects() {
    return Collections.unmodifiableList(effects);
  }

  /** Ends the turn; what it did stays. */
  public void keep() {
    state.keep();
  }

  /** Ends the turn and takes back all it did. An exception means that the state is broken. */
  public void undo() {
    state.undo();
    events.clear();
    effects.clear();
  }
}
