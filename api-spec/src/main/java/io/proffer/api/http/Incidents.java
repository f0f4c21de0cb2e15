package io.proffer.api.http;

import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bugs met while serving: logged once under an id, which is all the client learns. */
final class Incidents {
  private static final Logger LOG = LoggerFactory.getLogger(Incidents.class);

  private Incidents() {}

  static Answer answer(Throwable cause, String what) {
    return Answer.failed(log(cause, what));
  }

  /** Logs it where there is nobody to answer; returns the incident's id. */
  static String log(Throwable cause, String what) {
    var id = UUID.randomUUID().toString();
    LOG.error("incident {}: {} failed", id, what, cause);
    return id;
  }
}
