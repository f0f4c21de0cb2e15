package io.proffer.master.http;

import io.proffer.api.http.Exchange;
import io.proffer.master.core.command.Command;
import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.command.ReplyTo;
import java.util.function.Function;
import java.util.function.Predicate;

/** Hands what operators want changed, or explained, to the core, whose answer is theirs. */
public final class Changes {
  private final Predicate<Command> offer;
  private final Pending pending;

  /**
   * @param offer hands a command to the loop; false when it is full
   */
  public Changes(Predicate<Command> offer, Pending pending) {
    this.offer = offer;
    this.pending = pending;
  }

  /** Asks for it. */
  void ask(Exchange exchange, Function<ReplyTo, OperatorCommand> command) {
    var replyTo = pending.expect(exchange, () -> {});
    if (!offer.test(command.apply(replyTo))) {
      pending.forget(replyTo);
      exchange.answer(Busy.full());
    }
  }
}
