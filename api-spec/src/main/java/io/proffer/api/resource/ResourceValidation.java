package io.proffer.api.resource;

import io.proffer.api.v1.Resource;
import io.proffer.api.v1.Resource.DiskInfo;
import io.proffer.api.v1.Value;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Whether resource messages are well-formed, with the texts of resources.md, 5. Every method
 * returns the first thing that is wrong, or nothing.
 */
public final class ResourceValidation {
  private static final Optional<String> FINE = Optional.empty();

  private ResourceValidation() {}

  /** Each of a list; the text names the resource. */
  public static Optional<String> check(List<Resource> messages) {
    for (var message : messages) {
      var error = check(message);
      if (error.isPresent()) {
        return Optional.of(
            "Resource '" + ResourceText.of(message) + "' is invalid: " + error.get());
      }
    }
    return FINE;
  }

  /** A single one. */
  public static Optional<String> check(Resource message) {
    if (message.getName().isEmpty()) {
      return Optional.of("Empty resource name");
    }
    return checkValue(message)
        .or(() -> checkDisk(message))
        .or(() -> ReservationValidation.check(message))
        .or(() -> checkShared(message));
  }

  private static Optional<String> checkValue(Resource message) {
    return switch (message.getType()) {
      case SCALAR -> checkScalar(message);
      case RANGES -> checkRanges(message);
      case SET -> checkSet(message);
      case TEXT -> Optional.of("Unsupported resource type");
    };
  }

  private static Optional<String> checkScalar(Resource message) {
    if (!message.hasScalar() || message.hasRanges() || message.hasSet()) {
      return Optional.of("Invalid scalar resource");
    }
    double value = message.getScalar().getValue();
    // NaN, infinity and what no long holds have no thousandths; the reference calls them negative.
    if (value != 0 && (!Thousandths.represents(value) || Thousandths.of(value) <= 0)) {
      return Optional.of("Invalid scalar resource: value <= 0");
    }
    return FINE;
  }

  private static Optional<String> checkRanges(Resource message) {
    if (message.hasScalar() || !message.hasRanges() || message.hasSet()) {
      return Optional.of("Invalid ranges resource");
    }
    var ranges = message.getRanges().getRangeList();
    if (ranges.stream().anyMatch(r -> Long.compareUnsigned(r.getBegin(), r.getEnd()) > 0)) {
      return Optional.of("Invalid ranges resource: begin > end");
    }
    var sorted =
        ranges.stream().sorted((a, b) -> Long.compareUnsigned(a.getBegin(), b.getBegin())).toList();
    for (int i = 1; i < sorted.size(); i++) {
      if (Long.compareUnsigned(sorted.get(i).getBegin(), sorted.get(i - 1).getEnd()) <= 0) {
        return Optional.of("Invalid ranges resource: overlapping ranges");
      }
    }
    return FINE;
  }

  private static Optional<String> checkSet(Resource message) {
    if (message.hasScalar() || message.hasRanges() || !message.hasSet()) {
      return Optional.of("Invalid set resource");
    }
    var items = message.getSet().getItemList();
    return new TreeSet<>(items).size() < items.size()
        ? Optional.of("Invalid set resource: duplicated elements")
        : FINE;
  }

  private static Optional<String> checkDisk(Resource message) {
    if (!message.hasDisk()) {
      return FINE;
    }
    if (!message.getName().equals("disk")) {
      return Optional.of("DiskInfo should not be set for " + message.getName() + " resource");
    }
    return message.getDisk().hasSource() ? checkSource(message.getDisk().getSource()) : FINE;
  }

  private static Optional<String> checkSource(DiskInfo.Source source) {
    return switch (source.getType()) {
      case PATH, MOUNT -> FINE;
      case BLOCK, RAW -> {
        if (source.hasMount()) {
          yield Optional.of("Mount should not be set for " + source.getType() + " disk source");
        }
        yield source.hasPath()
            ? Optional.of("Path should not be set for " + source.getType() + " disk source")
            : FINE;
      }
      case UNKNOWN ->
          Optional.of(
              "Unsupported 'DiskInfo.Source.Type' in '" + ResourceText.source(source) + "'");
    };
  }

  private static Optional<String> checkShared(Resource message) {
    if (!message.hasShared()) {
      return FINE;
    }
    if (!message.getName().equals("disk")) {
      return Optional.of("Resource " + message.getName() + " cannot be shared");
    }
    return message.getDisk().hasPersistence()
        ? FINE
        : Optional.of("Only persistent volumes can be shared");
  }

  /** What tasks, executors and operations must meet besides: gpus, disks, reservations. */
  public static Optional<String> checkUse(List<Resource> messages) {
    return check(messages)
        .map("Invalid resources: "::concat)
        .or(() -> checkGpus(messages).map("Invalid 'gpus' resource: "::concat))
        .or(() -> checkDisks(messages).map("Invalid DiskInfo: "::concat))
        .or(() -> checkDynamic(messages).map("Invalid ReservationInfo: "::concat));
  }

  private static Optional<String> checkGpus(List<Resource> messages) {
    long gpus = 0;
    for (var message : messages) {
      if (message.getName().equals("gpus") && message.getType() == Value.Type.SCALAR) {
        gpus += Thousandths.of(message.getScalar().getValue()) % 1000;
      }
    }
    return gpus % 1000 == 0 ? FINE : Optional.of("The 'gpus' resource must be an unsigned integer");
  }

  private static Optional<String> checkDisks(List<Resource> messages) {
    for (var message : messages) {
      var error = message.hasDisk() ? checkDiskUse(message) : FINE;
      if (error.isPresent()) {
        return error;
      }
    }
    return FINE;
  }

  private static Optional<String> checkDiskUse(Resource message) {
    var disk = message.getDisk();
    if (!disk.hasPersistence()) {
      if (disk.hasVolume()) {
        return Optional.of("Non-persistent volume not supported");
      }
      return disk.hasSource() ? FINE : Optional.of("DiskInfo is set but empty");
    }
    if (message.hasRevocable()) {
      return Optional.of("Persistent volumes cannot be created from revocable resources");
    }
    if (Format.upgrade(message).getReservationsCount() == 0) {
      return Optional.of("Persistent volumes cannot be created from unreserved resources");
    }
    if (!disk.hasVolume()) {
      return Optional.of("Expecting 'volume' to be set for persistent volume");
    }
    if (disk.getVolume().hasHostPath()) {
      return Optional.of("Expecting 'host_path' to be unset for persistent volume");
    }
    return IdRules.check(disk.getPersistence().getId())
        .map("Invalid persistence ID for persistent volume: "::concat);
  }

  private static Optional<String> checkDynamic(List<Resource> messages) {
    for (var message : messages) {
      var kind = Kind.of(Format.upgrade(message));
      if (kind.isDynamicallyReserved() && kind.revocable()) {
        return Optional.of(
            "Dynamically reserved resource "
                + ResourceText.of(message)
                + " cannot be created from revocable resources");
      }
    }
    return FINE;
  }
}
