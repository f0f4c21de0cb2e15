package io.proffer.api.http;

import io.proffer.api.limit.RequestLimits;
import java.util.Optional;

/**
 * What a service does about its clients beside asking who they are.
 *
 * @param limits how many requests they may make
 */
public record Precautions(Optional<RequestLimits> limits) {
  /** None. */
  public static Precautions none() {
    return new Precautions(Optional.empty());
  }
}
