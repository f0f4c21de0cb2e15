package io.proffer.master.core.allocator;

import io.proffer.api.resource.Resources;
import io.proffer.api.v1.Resource;
import io.proffer.api.v1.Resource.DiskInfo;
import io.proffer.api.v1.Resource.ReservationInfo;
import io.proffer.api.v1.Value;
import java.util.List;

/** Resources no text can describe. */
final class Pieces {
  private Pieces() {}

  /** Nobody's for long. */
  static Resources revocable(String name, double amount) {
    return one(scalar(name, amount).setRevocable(Resource.RevocableInfo.getDefaultInstance()));
  }

  /** A disk of its own, given away only as a whole. */
  static Resources mount(String root, double megabytes) {
    var source =
        DiskInfo.Source.newBuilder()
            .setType(DiskInfo.Source.Type.MOUNT)
            .setMount(DiskInfo.Source.Mount.newBuilder().setRoot(root));
    return one(scalar("disk", megabytes).setDisk(DiskInfo.newBuilder().setSource(source)));
  }

  /** A directory of a disk, divisible. */
  static Resources path(String root, double megabytes) {
    var source =
        DiskInfo.Source.newBuilder()
            .setType(DiskInfo.Source.Type.PATH)
            .setPath(DiskInfo.Source.Path.newBuilder().setRoot(root));
    return one(scalar("disk", megabytes).setDisk(DiskInfo.newBuilder().setSource(source)));
  }

  /** A volume several frameworks of a role may use at a time. */
  static Resources sharedVolume(String role, String id, double megabytes) {
    var volume =
        DiskInfo.newBuilder()
            .setPersistence(DiskInfo.Persistence.newBuilder().setId(id))
            .setVolume(
                io.proffer.api.v1.Volume.newBuilder()
                    .setContainerPath("shared")
                    .setMode(io.proffer.api.v1.Volume.Mode.RW));
    return one(
        scalar("disk", megabytes)
            .addReservations(reservation(ReservationInfo.Type.DYNAMIC, role))
            .setDisk(volume)
            .setShared(Resource.SharedInfo.getDefaultInstance()));
  }

  /** Reserved to a role by the agent, and of that to a role below it. */
  static Resources refined(String name, double amount, String role, String below) {
    return one(
        scalar(name, amount)
            .addReservations(reservation(ReservationInfo.Type.STATIC, role))
            .addReservations(reservation(ReservationInfo.Type.DYNAMIC, below)));
  }

  private static ReservationInfo reservation(ReservationInfo.Type type, String role) {
    return ReservationInfo.newBuilder().setType(type).setRole(role).build();
  }

  private static Resource.Builder scalar(String name, double amount) {
    return Resource.newBuilder()
        .setName(name)
        .setType(Value.Type.SCALAR)
        .setScalar(Value.Scalar.newBuilder().setValue(amount));
  }

  private static Resources one(Resource.Builder message) {
    var resources = Resources.of(List.of(message.build()));
    if (resources.isEmpty()) {
      throw new IllegalArgumentException("expected a valid resource, not " + message);
    }
    return resources;
  }
}
