package io.proffer.master.core.validate;

import io.proffer.api.resource.Resources;
import io.proffer.api.resource.Thousandths;
import io.proffer.api.v1.TaskInfo;
import java.util.Optional;

/** How much more than its request a task may use (step 8). Infinity is allowed. */
final class LimitValidation {
  private static final Optional<String> FINE = Optional.empty();

  private LimitValidation() {}

  static Optional<String> check(TaskInfo task, boolean agentHandlesLimits) {
    var limits = task.getLimitsMap();
    if (limits.isEmpty()) {
      return FINE;
    }
    if (!agentHandlesLimits) {
      return Optional.of("Agent is not capable of handling task resource limits");
    }
    if (limits.keySet().stream().anyMatch(name -> !name.equals("cpus") && !name.equals("mem"))) {
      return Optional.of("Only cpus and mem may be included in a task's resource limits");
    }
    var requested = Resources.of(task.getResourcesList());
    return checkOne(task, requested, "cpus", "CPU", "cpu")
        .or(() -> checkOne(task, requested, "mem", "memory", "memory"));
  }

  private static Optional<String> checkOne(
      TaskInfo task, Resources requested, String name, String title, String word) {
    var limit = task.getLimitsMap().get(name);
    if (limit == null) {
      return FINE;
    }
    long request = requested.thousandths(name);
    if (request == 0) {
      return Optional.of(
          "When a "
              + title
              + " limit is specified, a "
              + title
              + " request must also be specified");
    }
    return Thousandths.of(limit.getValue()) < request
        ? Optional.of(
            "The " + word + " limit must be greater than or equal to the " + word + " request")
        : FINE;
  }
}
