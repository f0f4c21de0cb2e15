package io.proffer.api.resource;

import io.proffer.api.v1.Resource;
import io.proffer.api.v1.ResourceProviderID;
import io.proffer.api.v1.Value;
import java.util.List;
import java.util.Optional;

/**
 * Everything about a resource but the amount. Amounts of equal kinds may be added, if the kind is
 * divisible.
 *
 * @param allocation role it is allocated to
 * @param reservations the stack, innermost last; empty = unreserved
 * @param provider id of the resource provider; absent = the agent itself
 */
public record Kind(
    String name,
    Value.Type type,
    Optional<String> allocation,
    List<Reservation> reservations,
    Optional<Disk> disk,
    boolean revocable,
    boolean shared,
    Optional<String> provider) {

  public Kind {
    reservations = List.copyOf(reservations);
  }

  /** The kind of a message in post-refinement format. */
  static Kind of(Resource message) {
    return Kinds.one(
        new Kind(
            message.getName(),
            message.getType(),
            message.hasAllocationInfo()
                ? Optional.of(message.getAllocationInfo().getRole())
                : Optional.empty(),
            message.getReservationsList().stream().map(Reservation::of).toList(),
            message.hasDisk() ? Optional.of(new Disk(message.getDisk())) : Optional.empty(),
            message.hasRevocable(),
            message.hasShared(),
            message.hasProviderId()
                ? Optional.of(message.getProviderId().getValue())
                : Optional.empty()));
  }

  /** Shared and whole-disk kinds stay elements of their own. */
  public boolean isDivisible() {
    return !shared && disk.map(d -> !d.isIndivisible()).orElse(true);
  }

  /** Whether no role reserved it. */
  public boolean isUnreserved() {
    return reservations.isEmpty();
  }

  /** Role of the innermost reservation, absent when unreserved. */
  public Optional<String> reservationRole() {
    return reservations.isEmpty() ? Optional.empty() : Optional.of(reservations.getLast().role());
  }

  /** Whether the innermost reservation was made while the agent ran. */
  public boolean isDynamicallyReserved() {
    return !reservations.isEmpty() && reservations.getLast().dynamic();
  }

  /** Whether a reservation was refined for a sub-role. */
  public boolean isRefined() {
    return reservations.size() > 1;
  }

  /** Whether it is a persistent volume. */
  public boolean isPersistentVolume() {
    return disk.map(Disk::isPersistent).orElse(false);
  }

  /** Whether the role may be given it: unreserved, its own, or reserved to an ancestor. */
  public boolean isAllocatableTo(String role) {
    var reserved = reservationRole();
    return reserved.isEmpty()
        || reserved.get().equals(role)
        || Roles.isStrictSubRole(role, reserved.get());
  }

  /** The same for another role, or for none. */
  public Kind withAllocation(Optional<String> role) {
    return allocation.equals(role) ? this : Kinds.allocated(this, role);
  }

  /** The same with another reservation stack. */
  public Kind withReservations(List<Reservation> stack) {
    return Kinds.one(new Kind(name, type, allocation, stack, disk, revocable, shared, provider));
  }

  void writeTo(Resource.Builder message) {
    message.setName(name).setType(type);
    allocation.ifPresent(
        role -> message.setAllocationInfo(Resource.AllocationInfo.newBuilder().setRole(role)));
    for (var reservation : reservations) {
      message.addReservations(reservation.message());
    }
    disk.ifPresent(d -> message.setDisk(d.message()));
    if (revocable) {
      message.setRevocable(Resource.RevocableInfo.getDefaultInstance());
    }
    if (shared) {
      message.setShared(Resource.SharedInfo.getDefaultInstance());
    }
    provider.ifPresent(id -> message.setProviderId(ResourceProviderID.newBuilder().setValue(id)));
  }
}
