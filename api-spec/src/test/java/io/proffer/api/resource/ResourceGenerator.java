package io.proffer.api.resource;

import io.proffer.api.v1.Label;
import io.proffer.api.v1.Labels;
import io.proffer.api.v1.Resource;
import io.proffer.api.v1.Resource.DiskInfo;
import io.proffer.api.v1.Resource.ReservationInfo;
import io.proffer.api.v1.ResourceProviderID;
import io.proffer.api.v1.Value;
import io.proffer.api.v1.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Draws valid resources from a seed: few names and roles, so that kinds meet often. */
final class ResourceGenerator {
  private static final String[] SCALARS = {"cpus", "mem", "disk", "gpus"};
  private static final String[] ROLES = {"a", "a/b", "a/b/c", "d"};

  private final SplittableRandom random;

  ResourceGenerator(long seed) {
    random = new SplittableRandom(seed);
  }

  Resources resources() {
    return Resources.of(messages());
  }

  List<Resource> messages() {
    var messages = new ArrayList<Resource>();
    for (int i = random.nextInt(8); i > 0; i--) {
      messages.add(message());
    }
    return messages;
  }

  Resource message() {
    var message =
        switch (random.nextInt(4)) {
          case 0 -> ranges();
          case 1 -> set();
          default -> scalar();
        };
    if (chance(3)) {
      reserve(message);
    }
    if (chance(4)) {
      message.setAllocationInfo(Resource.AllocationInfo.newBuilder().setRole(role()));
    }
    if (message.getName().equals("disk") && chance(2)) {
      disk(message);
    } else if (chance(5)) {
      message.setRevocable(Resource.RevocableInfo.getDefaultInstance());
    }
    if (chance(6)) {
      message.setProviderId(ResourceProviderID.newBuilder().setValue("p" + random.nextInt(2)));
    }
    return message.build();
  }

  private Resource.Builder scalar() {
    double value = random.nextInt(1, 4000) / 1000.0;
    return Resource.newBuilder()
        .setName(SCALARS[random.nextInt(SCALARS.length)])
        .setType(Value.Type.SCALAR)
        .setScalar(Value.Scalar.newBuilder().setValue(value));
  }

  private Resource.Builder ranges() {
    var ranges = Value.Ranges.newBuilder();
    long at = random.nextInt(10);
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      long end = at + random.nextInt(6);
      ranges.addRange(random.nextInt(ranges.getRangeCount() + 1), range(at, end));
      at = end + 1 + random.nextInt(4);
    }
    return Resource.newBuilder().setName("ports").setType(Value.Type.RANGES).setRanges(ranges);
  }

  private static Value.Range range(long begin, long end) {
    return Value.Range.newBuilder().setBegin(begin).setEnd(end).build();
  }

  private Resource.Builder set() {
    var set = Value.Set.newBuilder();
    for (int i = 0; i < 6; i++) {
      if (chance(2)) {
        set.addItem("i" + i);
      }
    }
    return Resource.newBuilder().setName("bugs").setType(Value.Type.SET).setSet(set);
  }

  private void reserve(Resource.Builder message) {
    int depth = random.nextInt(1, 4);
    for (int i = 0; i < depth; i++) {
      var dynamic = i > 0 || chance(2);
      var entry =
          ReservationInfo.newBuilder()
              .setType(dynamic ? ReservationInfo.Type.DYNAMIC : ReservationInfo.Type.STATIC)
              .setRole(ROLES[i]);
      if (dynamic && chance(2)) {
        entry.setPrincipal("someone");
        entry.setLabels(Labels.newBuilder().addLabels(Label.newBuilder().setKey("k")));
      }
      message.addReservations(entry);
    }
  }

  private void disk(Resource.Builder message) {
    var disk = DiskInfo.newBuilder();
    if (chance(2)) {
      var source = DiskInfo.Source.newBuilder();
      source.setType(DiskInfo.Source.Type.forNumber(random.nextInt(1, 5)));
      if (chance(2)) {
        source.setId("disk" + random.nextInt(2));
      }
      disk.setSource(source);
    }
    if (chance(2)) {
      disk.setPersistence(DiskInfo.Persistence.newBuilder().setId("v" + random.nextInt(3)));
      disk.setVolume(Volume.newBuilder().setContainerPath("path").setMode(Volume.Mode.RW));
      if (chance(2)) {
        message.setShared(Resource.SharedInfo.getDefaultInstance());
      }
    }
    message.setDisk(disk);
  }

  private String role() {
    return ROLES[random.nextInt(ROLES.length)];
  }

  private boolean chance(int outOf) {
    return random.nextInt(outOf) == 0;
  }
}
