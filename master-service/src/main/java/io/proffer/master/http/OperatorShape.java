package io.proffer.master.http;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.proffer.api.v1.DrainConfig;
import io.proffer.api.v1.DurationInfo;
import io.proffer.api.v1.master.Call;
import java.util.Locale;
import java.util.Optional;

/** Whether an operator's call has all its parts. */
final class OperatorShape {
  private static final long MAX_SECONDS = Long.MAX_VALUE / 1_000_000_000L - 3;

  private OperatorShape() {}

  /** The REASON of {@code Failed to validate master::Call: REASON}, or nothing. */
  static Optional<String> check(Call call) {
    if (!call.hasType()) {
      return Optional.of("Expecting 'type' to be present");
    }
    var part = part(call.getType());
    return part == null || call.hasField(part)
        ? Optional.empty()
        : Optional.of("Expecting '" + part.getName() + "' to be present");
  }

  /** How an agent is to be drained; no more than an int64 of nanoseconds can say. */
  static DrainConfig config(Call.DrainAgent call) {
    var config = DrainConfig.newBuilder().setMarkGone(call.getMarkGone());
    if (call.hasMaxGracePeriod()) {
      var given = call.getMaxGracePeriod();
      var seconds = Math.clamp(given.getSeconds(), -MAX_SECONDS, MAX_SECONDS);
      config.setMaxGracePeriod(
          DurationInfo.newBuilder().setNanoseconds(seconds * 1_000_000_000L + given.getNanos()));
    }
    return config.build();
  }

  /** The field that carries what a call of this type says; null when it says nothing. */
  private static FieldDescriptor part(Call.Type type) {
    return Call.getDescriptor().findFieldByName(type.name().toLowerCase(Locale.ROOT));
  }
}
