package io.proffer.api.resource;

import io.proffer.api.v1.Offer;
import io.proffer.api.v1.Resource;
import io.proffer.api.v1.Resource.DiskInfo;
import io.proffer.api.v1.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * The conversions that operations stand for (resources.md, 7). Operations come valid; those whose
 * outcome only a storage provider knows (CREATE_DISK, DESTROY_DISK) and launches convert nothing
 * here.
 */
public final class Conversions {
  private Conversions() {}

  /** In the order in which they are to be applied. */
  public static List<Conversion> of(Offer.Operation operation) {
    return switch (operation.getType()) {
      case RESERVE -> List.of(reserve(operation.getReserve()));
      case UNRESERVE ->
          each(operation.getUnreserve().getResourcesList(), r -> convert(r, popped(r)));
      case CREATE ->
          each(operation.getCreate().getVolumesList(), volume -> convert(bare(volume), volume));
      case DESTROY ->
          each(operation.getDestroy().getVolumesList(), volume -> convert(volume, bare(volume)));
      case GROW_VOLUME -> List.of(grow(operation.getGrowVolume()));
      case SHRINK_VOLUME -> List.of(shrink(operation.getShrinkVolume()));
      case UNKNOWN, LAUNCH, LAUNCH_GROUP, CREATE_DISK, DESTROY_DISK -> List.of();
    };
  }

  private interface Maker {
    Conversion make(Resource message);
  }

  private static List<Conversion> each(List<Resource> messages, Maker maker) {
    var conversions = new ArrayList<Conversion>();
    for (var message : messages) {
      conversions.add(maker.make(Format.upgrade(message)));
    }
    return conversions;
  }

  private static Conversion reserve(Offer.Operation.Reserve reserve) {
    var target = Resources.of(reserve.getResourcesList());
    if (reserve.getSourceCount() > 0) {
      return new Conversion(Resources.of(reserve.getSourceList()), target);
    }
    var source = new ArrayList<Resource>();
    for (var message : reserve.getResourcesList()) {
      source.add(popped(Format.upgrade(message)));
    }
    return new Conversion(Resources.of(source), target);
  }

  private static Conversion grow(Offer.Operation.GrowVolume grow) {
    var volume = Format.upgrade(grow.getVolume());
    var both = Resources.of(List.of(volume)).plus(Resources.of(List.of(grow.getAddition())));
    long size = thousandths(volume) + thousandths(grow.getAddition());
    return new Conversion(both, Resources.of(List.of(sized(volume, size))));
  }

  private static Conversion shrink(Offer.Operation.ShrinkVolume shrink) {
    var volume = Format.upgrade(shrink.getVolume());
    long freed = Thousandths.of(shrink.getSubtract().getValue());
    var rest = sized(volume, thousandths(volume) - freed);
    return new Conversion(
        Resources.of(List.of(volume)), Resources.of(List.of(rest, sized(bare(volume), freed))));
  }

  private static Conversion convert(Resource consumed, Resource converted) {
    return new Conversion(Resources.of(List.of(consumed)), Resources.of(List.of(converted)));
  }

  /** Without its innermost reservation. */
  private static Resource popped(Resource message) {
    int last = message.getReservationsCount() - 1;
    return last < 0 ? message : message.toBuilder().removeReservations(last).build();
  }

  /**
   * The disk a volume is made on: the source, if it has one, is all that stays of the disk info.
   */
  private static Resource bare(Resource volume) {
    var out = volume.toBuilder().clearShared();
    if (volume.getDisk().hasSource()) {
      out.setDisk(DiskInfo.newBuilder().setSource(volume.getDisk().getSource()));
    } else {
      out.clearDisk();
    }
    return out.build();
  }

  private static long thousandths(Resource message) {
    return Thousandths.of(message.getScalar().getValue());
  }

  private static Resource sized(Resource message, long thousandths) {
    return message.toBuilder()
        .setScalar(Value.Scalar.newBuilder().setValue(Thousandths.toDouble(thousandths)))
        .build();
  }
}
