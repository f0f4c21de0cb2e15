package io.proffer.agent.http;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.proffer.api.endpoint.AgentEndpoints;
import io.proffer.api.v1.agent.Call;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Whether an operator's call has all its parts, and whether this agent answers it. */
final class CallShape {
  /** Whose parts may be left out. */
  private static final Set<Call.Type> BARE =
      EnumSet.of(Call.Type.GET_CONTAINERS, Call.Type.PRUNE_IMAGES);

  private CallShape() {}

  /** Whether there is more than a 501. */
  static boolean isAnswered(Call.Type type) {
    return type != Call.Type.UNKNOWN
        && !AgentEndpoints.OPERATOR.contract().unanswered().contains(type.name());
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
