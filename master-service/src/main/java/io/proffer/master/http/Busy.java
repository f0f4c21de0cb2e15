package io.proffer.master.http;

import io.proffer.api.http.Answer;
import io.proffer.api.http.Exchange;
import io.proffer.api.http.Outcome;

/** What a master says that has more to do than it may hold. */
final class Busy {
  private static final String LATE = "The master did not answer in time";
  private static final int LATE_SECONDS = 5;

  private Busy() {}

  /** The queue of the loop is full. */
  static Answer full() {
    return Answer.unavailable("The master has too many calls waiting: send it again later", 1);
  }

  /** No snapshot came in time. */
  static Answer tooLate() {
    return Answer.unavailable(LATE, LATE_SECONDS);
  }

  /** No answer came in time to what the core was asked to do: it may have done it. */
  static Answer tooLate(Exchange exchange) {
    return Outcome.unknown(exchange.method(), LATE, LATE_SECONDS);
  }
}
