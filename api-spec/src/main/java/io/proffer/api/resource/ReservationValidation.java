package io.proffer.api.resource;

import io.proffer.api.v1.Resource;
import io.proffer.api.v1.Resource.ReservationInfo;
import java.util.Optional;

/** The reservation fields of one resource, in either format or both (resources.md, 5). */
final class ReservationValidation {
  private static final Optional<String> FINE = Optional.empty();

  private ReservationValidation() {}

  static Optional<String> check(Resource message) {
    if (message.getReservationsCount() == 0) {
      return checkOldFields(message);
    }
    for (var entry : message.getReservationsList()) {
      var error = checkEntry(entry);
      if (error.isPresent()) {
        return error;
      }
    }
    return checkRefinements(message).or(() -> checkAgreement(message));
  }

  @SuppressWarnings("deprecation") // the old fields are what it checks
  private static Optional<String> checkOldFields(Resource message) {
    var error = Roles.check(message.getRole());
    if (error.isPresent() || !message.hasReservation()) {
      return error;
    }
    var old = message.getReservation();
    if (old.hasType()) {
      return Optional.of(
          "'Resource.ReservationInfo.type' must not be set for the 'Resource.reservation' field");
    }
    if (old.hasRole()) {
      return Optional.of(
          "'Resource.ReservationInfo.role' must not be set for the 'Resource.reservation' field");
    }
    return message.getRole().equals(Roles.ANY)
        ? Optional.of("Invalid reservation: role \"*\" cannot be dynamically reserved")
        : FINE;
  }

  private static Optional<String> checkEntry(ReservationInfo entry) {
    if (!entry.hasType()) {
      return Optional.of("Invalid reservation: 'Resource.ReservationInfo.type' field must be set.");
    }
    if (entry.getType() == ReservationInfo.Type.UNKNOWN) {
      return Optional.of("Unsupported 'Resource.ReservationInfo.Type'");
    }
    if (!entry.hasRole()) {
      return Optional.of("Invalid reservation: 'Resource.ReservationInfo.role' field must be set.");
    }
    if (entry.getRole().equals(Roles.ANY)) {
      return Optional.of("Invalid reservation: role \"*\" cannot be reserved");
    }
    return Roles.check(entry.getRole());
  }

  private static Optional<String> checkRefinements(Resource message) {
    for (int i = 1; i < message.getReservationsCount(); i++) {
      var outer = message.getReservations(i - 1).getRole();
      var inner = message.getReservations(i);
      if (inner.getType() == ReservationInfo.Type.STATIC) {
        return Optional.of("Invalid refined reservation: A refined reservation cannot be STATIC");
      }
      if (!Roles.isStrictSubRole(inner.getRole(), outer)) {
        return Optional.of(
            "Invalid refined reservation: role '"
                + inner.getRole()
                + "' is not a refinement of '"
                + outer
                + "'");
      }
    }
    return FINE;
  }

  @SuppressWarnings("deprecation") // the old fields must say the same as the new ones
  private static Optional<String> checkAgreement(Resource message) {
    if (message.getReservationsCount() > 1) {
      if (message.hasRole()) {
        return tooMany("role");
      }
      return message.hasReservation() ? tooMany("reservation") : FINE;
    }
    var entry = message.getReservations(0);
    if (message.hasRole() && !message.getRole().equals(entry.getRole())) {
      return disagreement("role' field", message.getRole(), "role", entry.getRole());
    }
    if (entry.getType() == ReservationInfo.Type.STATIC) {
      return message.hasReservation()
          ? Optional.of(
              "Invalid resource format: 'Resource.reservation' must not be set if the single"
                  + " reservation in 'Resource.reservations' is STATIC")
          : FINE;
    }
    if (message.hasRole() != message.hasReservation()) {
      return Optional.of(
          "Invalid resource format: 'Resource.role' and 'Resource.reservation' must either be"
              + " both set or both not set if the single reservation in"
              + " 'Resource.reservations' is DYNAMIC");
    }
    return message.hasReservation() ? checkSame(message.getReservation(), entry) : FINE;
  }

  private static Optional<String> checkSame(ReservationInfo old, ReservationInfo entry) {
    if (old.hasPrincipal() != entry.hasPrincipal()
        || !old.getPrincipal().equals(entry.getPrincipal())) {
      return disagreement(
          "reservation.principal' field", old.getPrincipal(), "principal", entry.getPrincipal());
    }
    if (!Reservation.of(old).labels().equals(Reservation.of(entry).labels())) {
      return disagreement(
          "reservation.labels' field",
          ResourceText.labels(old.getLabels()),
          "labels",
          ResourceText.labels(entry.getLabels()));
    }
    return FINE;
  }

  private static Optional<String> tooMany(String field) {
    return Optional.of(
        "Invalid resource format: 'Resource."
            + field
            + "' must not be set if there is more than one reservation in"
            + " 'Resource.reservations'");
  }

  private static Optional<String> disagreement(
      String field, String old, String what, String inStack) {
    return Optional.of(
        "Invalid resource format: 'Resource."
            + field
            + " with '"
            + old
            + "' does not match the "
            + what
            + " '"
            + inStack
            + "' in 'Resource.reservations'");
  }
}
