package io.proffer.api.resource;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Makes equal kinds one object: a cluster has a handful of kinds and millions of elements.
 *
 * <p>A table of fixed size in which a newcomer replaces whoever sat in its place: a client that
 * sends endless names costs nothing but hits, and nobody's answer depends on what is in the table.
 * Long names and disks are not kept: the first would make the table big, and two equal disks may be
 * mounted at different paths.
 */
final class Kinds {
  private static final int SLOTS = 4096;
  private static final int LONGEST_TEXT = 256;
  private static final AtomicReferenceArray<Kind> TABLE = new AtomicReferenceArray<>(SLOTS);

  /** The same kinds for other roles, likewise: offers are made of what agents have all the time. */
  private static final AtomicReferenceArray<Allocated> ALLOCATED =
      new AtomicReferenceArray<>(SLOTS);

  private Kinds() {}

  private record Allocated(Kind from, Optional<String> role, Kind to) {}

  /** The kind allocated to another role, or to none. */
  @SuppressWarnings("ReferenceEquality")
  static Kind allocated(Kind from, Optional<String> role) {
    int hash = 31 * System.identityHashCode(from) + role.hashCode();
    int slot = (hash ^ (hash >>> 16)) & (SLOTS - 1);
    var known = ALLOCATED.get(slot);
    if (known != null && known.from() == from && known.role().equals(role)) {
      return known.to();
    }
    var to =
        one(
            new Kind(
                from.name(),
                from.type(),
                role,
                from.reservations(),
                from.disk(),
                from.revocable(),
                from.shared(),
                from.provider()));
    if (isKept(to) && isKept(from)) {
      ALLOCATED.set(slot, new Allocated(from, role, to));
    }
    return to;
  }

  private static boolean isKept(Kind kind) {
    return kind.disk().isEmpty() && textLength(kind) <= LONGEST_TEXT;
  }

  static Kind one(Kind kind) {
    if (!isKept(kind)) {
      return kind;
    }
    int hash = kind.hashCode();
    int slot = (hash ^ (hash >>> 16)) & (SLOTS - 1);
    var known = TABLE.get(slot);
    if (kind.equals(known)) {
      return known;
    }
    TABLE.set(slot, kind);
    return kind;
  }

  private static int textLength(Kind kind) {
    int length = kind.name().length();
    length += kind.allocation().map(String::length).orElse(0);
    length += kind.provider().map(String::length).orElse(0);
    for (var reservation : kind.reservations()) {
      length += reservation.role().length();
      length += reservation.principal().map(String::length).orElse(0);
      length += reservation.labels().map(labels -> labels.getSerializedSize()).orElse(0);
    }
    return length;
  }
}
