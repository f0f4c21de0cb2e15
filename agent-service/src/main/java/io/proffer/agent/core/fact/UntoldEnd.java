package io.proffer.agent.core.fact;

import java.util.Optional;

/**
 * How an executor ended, until a master has taken in a record of it, or has accepted a subscription
 * that says so: each does that was made after the end.
 *
 * @param status as wait(2) gives it, -1 when unknown
 * @param during the session that was open then, or being opened: its subscription does not say it
 */
public record UntoldEnd(int status, Optional<String> during) {
  /** Whether it ended after the subscription of this session was made. */
  public boolean isDuring(String session) {
    return during.filter(session::equals).isPresent();
  }
}
