package io.proffer.api.resource;

import io.proffer.api.v1.Resource.DiskInfo;
import io.proffer.api.v1.Resource.DiskInfo.Source;

/**
 * What a disk resource is made of; absent for the agent's root disk.
 *
 * <p>Equality takes the source and the id of the persistent volume only: who created the volume and
 * where a task mounts it make no other disk (resources.md, 2.2).
 */
public record Disk(DiskInfo message) {
  /** Whether it is a persistent volume. */
  public boolean isPersistent() {
    return message.hasPersistence();
  }

  /** Id of the persistent volume; empty text without one. */
  public String persistenceId() {
    return message.getPersistence().getId();
  }

  /**
   * Whether it may be given away only as a whole: MOUNT, BLOCK, RAW with an id, persistent volume.
   */
  public boolean isIndivisible() {
    if (message.hasPersistence()) {
      return true;
    }
    if (!message.hasSource()) {
      return false;
    }
    return switch (message.getSource().getType()) {
      case MOUNT, BLOCK -> true;
      case RAW -> message.getSource().hasId();
      case PATH, UNKNOWN -> false;
    };
  }

  /** The source, its default instance without one. */
  public Source source() {
    return message.getSource();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Disk that
        && message.hasSource() == that.message.hasSource()
        && message.getSource().equals(that.message.getSource())
        && message.hasPersistence() == that.message.hasPersistence()
        && persistenceId().equals(that.persistenceId());
  }

  @Override
  public int hashCode() {
    return message.getSource().hashCode() * 31 + persistenceId().hashCode();
  }
}
