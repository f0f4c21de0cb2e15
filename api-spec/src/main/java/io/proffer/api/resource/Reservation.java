package io.proffer.api.resource;

import io.proffer.api.v1.Label;
import io.proffer.api.v1.Labels;
import io.proffer.api.v1.Resource.ReservationInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One entry of a reservation stack.
 *
 * <p>Equal when type, role, and presence and value of principal and labels are; the order of labels
 * does not count.
 */
public record Reservation(
    boolean dynamic, String role, Optional<String> principal, Optional<Labels> labels) {

  /** A reservation the agent was started with. */
  public static Reservation fixed(String role) {
    return new Reservation(false, role, Optional.empty(), Optional.empty());
  }

  /** The entry a valid message describes. */
  public static Reservation of(ReservationInfo message) {
    return new Reservation(
        message.getType() == ReservationInfo.Type.DYNAMIC,
        message.getRole(),
        message.hasPrincipal() ? Optional.of(message.getPrincipal()) : Optional.empty(),
        message.hasLabels() ? Optional.of(message.getLabels()) : Optional.empty());
  }

  /** The entry as the post-refinement format writes it. */
  public ReservationInfo message() {
    var message = ReservationInfo.newBuilder();
    message.setType(dynamic ? ReservationInfo.Type.DYNAMIC : ReservationInfo.Type.STATIC);
    message.setRole(role);
    principal.ifPresent(message::setPrincipal);
    labels.ifPresent(message::setLabels);
    return message.build();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Reservation that
        && dynamic == that.dynamic
        && role.equals(that.role)
        && principal.equals(that.principal)
        && labels.isPresent() == that.labels.isPresent()
        && sorted(labels).equals(sorted(that.labels));
  }

  @Override
  public int hashCode() {
    int hash = role.hashCode() * 31 + principal.hashCode() + (dynamic ? 1 : 0);
    for (var label : labels.orElse(Labels.getDefaultInstance()).getLabelsList()) {
      hash += label.getKey().hashCode() ^ label.getValue().hashCode();
    }
    return hash;
  }

  private static List<Label> sorted(Optional<Labels> labels) {
    var list = labels.map(Labels::getLabelsList).orElse(List.of());
    if (list.size() < 2) {
      return list;
    }
    var copy = new ArrayList<>(list);
    copy.sort(
        Comparator.comparing(Label::getKey)
            .thenComparing(Label::hasValue)
            .thenComparing(Label::getValue));
    return copy;
  }
}
