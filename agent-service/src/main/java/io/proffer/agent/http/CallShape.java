package io.proffer.agent.http;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.proffer.api.v1.agent.Call;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Whether an operator's call has all its parts, and whether this agent answers it. */
final class CallShape {
  private static final Set<Call.Type> ANSWERED =
      EnumSet.of(
          Call.Type.GET_HEALTH,
          Call.Type.GET_FLAGS,
          Call.Type.GET_VERSION,
          Call.Type.GET_METRICS,
          Call.Type.GET_LOGGING_LEVEL,
          Call.Type.SET_LOGGING_LEVEL,
          Call.Type.LIST_FILES,
          Call.Type.READ_FILE,
          Call.Type.GET_STATE,
          Call.Type.GET_CONTAINERS,
          Call.Type.GET_FRAMEWORKS,
          Call.Type.GET_EXECUTORS,
          Call.Type.GET_TASKS,
          Call.Type.GET_AGENT);

  /** Whose parts may be left out. */
  private static final Set<Call.Type> BARE =
      EnumSet.of(Call.Type.GET_CONTAINERS, Call.Type.PRUNE_IMAGES);

  private CallShape() {}

  /** Whether there is more than a 501. */
  static boolean isAnswered(Call.Type type) {
    return ANSWERED.contains(type);
  }

  /** The REASON of {@code Failed to validate agent::Call: REASON}, or nothing. */
  static Optional<String> check(Call call) {
    if (!call.hasType()) {
      return Optional.of("Expecting 'type' to be present");
    }
    var part = part(call.getType());
    return part == null || BARE.contains(call.getType()) || call.hasField(part)
        ? Optional.empty()
        : Optional.of("Expecting '" + part.getName() + "' to be present");
  }

  /** The field that carries what a call of this type says; null when it says nothing. */
  private static FieldDescriptor part(Call.Type type) {
    return Call.getDescriptor().findFieldByName(type.name().toLowerCase(Locale.ROOT));
  }
}
