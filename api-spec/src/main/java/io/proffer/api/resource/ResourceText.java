package io.proffer.api.resource;

import io.proffer.api.v1.Labels;
import io.proffer.api.v1.Resource;
import io.proffer.api.v1.Resource.DiskInfo;
import io.proffer.api.v1.Resource.ReservationInfo;
import io.proffer.api.v1.Volume;
import java.util.ArrayList;
import java.util.List;

/** The form of resources in error texts (resources.md, 3). Prints invalid messages too. */
public final class ResourceText {
  private ResourceText() {}

  /** {@code disk(reservations: [(DYNAMIC,r,p)])[id:path]:64}. */
  public static String of(Resource raw) {
    var message = Format.upgrade(raw);
    var text = new StringBuilder(message.getName());
    if (message.hasAllocationInfo()) {
      text.append("(allocated: ").append(message.getAllocationInfo().getRole()).append(')');
    }
    if (message.getReservationsCount() > 0) {
      var entries = message.getReservationsList().stream().map(ResourceText::entry).toList();
      text.append("(reservations: [").append(String.join(",", entries)).append("])");
    }
    if (message.hasDisk()) {
      text.append('[').append(disk(message.getDisk())).append(']');
    }
    if (message.hasRevocable()) {
      text.append("{REV}");
    }
    if (message.hasShared()) {
      text.append("<SHARED>");
    }
    return text.append(':').append(value(message)).toString();
  }

  /** Joined with {@code "; "}; an empty list is {@code {}}. */
  public static String of(List<Resource> messages) {
    if (messages.isEmpty()) {
      return "{}";
    }
    return String.join("; ", messages.stream().map(ResourceText::of).toList());
  }

  private static String value(Resource message) {
    return switch (message.getType()) {
      case SCALAR -> Thousandths.text(message.getScalar().getValue());
      case RANGES -> RangesAmount.text(message.getRanges().getRangeList());
      case SET -> SetAmount.text(message.getSet().getItemList());
      case TEXT -> "";
    };
  }

  private static String entry(ReservationInfo entry) {
    var parts = new ArrayList<String>();
    parts.add(entry.getType().name());
    parts.add(entry.getRole());
    if (entry.hasPrincipal()) {
      parts.add(entry.getPrincipal());
    }
    if (entry.hasLabels()) {
      parts.add(labels(entry.getLabels()));
    }
    return "(" + String.join(",", parts) + ")";
  }

  static String labels(Labels labels) {
    var parts = new ArrayList<String>();
    for (var label : labels.getLabelsList()) {
      parts.add(label.hasValue() ? label.getKey() + ": " + label.getValue() : label.getKey());
    }
    return "{" + String.join(", ", parts) + "}";
  }

  private static String disk(DiskInfo disk) {
    var text = new StringBuilder();
    if (disk.hasSource()) {
      text.append(source(disk.getSource()));
    }
    if (disk.hasPersistence()) {
      text.append(disk.hasSource() ? "," : "").append(disk.getPersistence().getId());
    }
    if (disk.hasVolume()) {
      text.append(':').append(volume(disk.getVolume()));
    }
    return text.toString();
  }

  static String source(DiskInfo.Source source) {
    var text = new StringBuilder(source.getType().name());
    if (source.hasVendor() || source.hasId() || source.hasProfile()) {
      text.append('(')
          .append(String.join(",", source.getVendor(), source.getId(), source.getProfile()))
          .append(')');
    }
    if (source.getPath().hasRoot()) {
      text.append(':').append(source.getPath().getRoot());
    }
    if (source.getMount().hasRoot()) {
      text.append(':').append(source.getMount().getRoot());
    }
    return text.toString();
  }

  private static String volume(Volume volume) {
    if (!volume.hasHostPath()) {
      return volume.getContainerPath();
    }
    return volume.getHostPath()
        + ":"
        + volume.getContainerPath()
        + ":"
        + (volume.getMode() == Volume.Mode.RO ? "ro" : "rw");
  }
}
