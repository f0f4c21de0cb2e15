package io.proffer.master.http;

import io.proffer.api.acl.Action;
import io.proffer.api.acl.Rights;
import io.proffer.api.v1.master.Call;

/** Whether somebody may make a call of operators at all; of what it tells, more may be hidden. */
final class OperatorRights {
  private OperatorRights() {}

  /** What each call is asked about; without a default, so that a new one is not open by mistake. */
  @SuppressWarnings("deprecation") // the wire still has the old calls
  static boolean allow(Rights rights, Call.Type type) {
    return switch (type) {
      case GET_FLAGS -> rights.allow(Action.VIEW_FLAGS);
      case SET_LOGGING_LEVEL -> rights.allow(Action.SET_LOG_LEVEL);
      case GET_MAINTENANCE_STATUS -> rights.allow(Action.GET_MAINTENANCE_STATUS);
      case GET_MAINTENANCE_SCHEDULE -> rights.allow(Action.GET_MAINTENANCE_SCHEDULE);
      case UPDATE_MAINTENANCE_SCHEDULE -> rights.allow(Action.UPDATE_MAINTENANCE_SCHEDULE);
      case START_MAINTENANCE -> rights.allow(Action.START_MAINTENANCE);
      case STOP_MAINTENANCE -> rights.allow(Action.STOP_MAINTENANCE);
      case DRAIN_AGENT -> rights.allow(Action.DRAIN_AGENT);
      case DEACTIVATE_AGENT -> rights.allow(Action.DEACTIVATE_AGENT);
      case REACTIVATE_AGENT -> rights.allow(Action.REACTIVATE_AGENT);
      case MARK_AGENT_GONE -> rights.allow(Action.MARK_AGENT_GONE);
      // The reference asks nobody here, though the endpoint with the same figures is locked.
      case GET_METRICS -> rights.allow(Action.GET_ENDPOINT, "/metrics/snapshot");
      // These tell nothing that somebody may not know.
      case GET_HEALTH,
          GET_VERSION,
          GET_LOGGING_LEVEL,
          GET_MASTER,
          // What is in them is judged row by row: by Sight, by FileAccess, and by the core.
          GET_AGENTS,
          GET_FRAMEWORKS,
          GET_TASKS,
          GET_EXECUTORS,
          GET_STATE,
          GET_ROLES,
          SUBSCRIBE,
          LIST_FILES,
          READ_FILE,
          TEARDOWN,
          GET_WEIGHTS,
          GET_QUOTA,
          UPDATE_WEIGHTS,
          UPDATE_QUOTA,
          SET_QUOTA,
          REMOVE_QUOTA,
          // Nothing makes what this tells of yet.
          GET_OPERATIONS,
          // Answered 501, whoever asks.
          UNKNOWN,
          RESERVE_RESOURCES,
          UNRESERVE_RESOURCES,
          CREATE_VOLUMES,
          DESTROY_VOLUMES,
          GROW_VOLUME,
          SHRINK_VOLUME ->
          true;
    };
  }
}
