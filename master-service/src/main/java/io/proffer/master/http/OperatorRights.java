package io.proffer.master.http;

import io.proffer.api.acl.Action;
import io.proffer.api.acl.Rights;
import io.proffer.api.v1.master.Call;

/** Whether somebody may make a call of operators at all; of what it tells, more may be hidden. */
final class OperatorRights {
  private OperatorRights() {}

  /** What each call is asked about; those that only tell what may be seen are not asked. */
  static boolean allow(Rights rights, Call.Type type) {
    return switch (type) {
      case GET_FLAGS -> rights.allow(Action.VIEW_FLAGS);
      case SET_LOGGING_LEVEL -> rights.allow(Action.SET_LOG_LEVEL);
      // The reference asks nobody here, though the endpoint with the same figures is locked.
      case GET_METRICS -> rights.allow(Action.GET_ENDPOINT, "/metrics/snapshot");
      default -> true;
    };
  }
}
