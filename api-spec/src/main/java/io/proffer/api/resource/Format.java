package io.proffer.api.resource;

import io.proffer.api.v1.Resource;
import io.proffer.api.v1.Resource.ReservationInfo;

/** How reservations are written for a receiver (resources.md, 6). */
public enum Format {
  /** Only {@code reservations}; the inner format, and that of frameworks that know refinement. */
  POST_REFINEMENT,
  /**
   * Only {@code role} and {@code reservation}, for older frameworks. A refined stack has no such
   * form: it stays as it is, and is never offered to them.
   */
  PRE_REFINEMENT,
  /** Both, the old fields for stacks of at most one entry: operator endpoints. */
  ENDPOINT;

  /** Writes a post-refinement message in this format. */
  @SuppressWarnings("deprecation") // the old fields are what two of the formats are about
  public Resource write(Resource message) {
    if (this == POST_REFINEMENT || message.getReservationsCount() > 1) {
      return message;
    }
    var out = message.toBuilder();
    if (message.getReservationsCount() == 0) {
      return out.setRole(Roles.ANY).build();
    }
    var entry = message.getReservations(0);
    out.setRole(entry.getRole());
    if (entry.getType() == ReservationInfo.Type.DYNAMIC) {
      out.setReservation(entry.toBuilder().clearType().clearRole());
    }
    if (this == PRE_REFINEMENT) {
      out.clearReservations();
    }
    return out.build();
  }

  /** Brings a valid message of either format into the post-refinement one. */
  @SuppressWarnings("deprecation") // reads the old fields to drop them
  public static Resource upgrade(Resource message) {
    if (!message.hasRole() && !message.hasReservation()) {
      return message;
    }
    var out = message.toBuilder().clearRole().clearReservation();
    if (message.getReservationsCount() > 0 || message.getRole().equals(Roles.ANY)) {
      return out.build();
    }
    if (message.hasReservation()) {
      return out.addReservations(
              message.getReservation().toBuilder()
                  .setType(ReservationInfo.Type.DYNAMIC)
                  .setRole(message.getRole()))
          .build();
    }
    return out.addReservations(
            ReservationInfo.newBuilder()
                .setType(ReservationInfo.Type.STATIC)
                .setRole(message.getRole()))
        .build();
  }
}
