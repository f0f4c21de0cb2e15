package io.proffer.api.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.v1.Resource;
import io.proffer.api.v1.Resource.DiskInfo;
import io.proffer.api.v1.Resource.ReservationInfo;
import io.proffer.api.v1.Value;
import io.proffer.api.v1.Volume;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ResourcesTest {
  private static Resources parse(String text) {
    return Resources.parse(text, "*");
  }

  @Test
  void aTenthAndTwoTenthsAreThreeTenths() {
    assertEquals(parse("cpus:0.3"), parse("cpus:0.1").plus(parse("cpus:0.2")));
  }

  @Test
  void whatIsLessThanHalfAThousandthIsNothing() {
    assertTrue(Resources.of(List.of(scalar("cpus", 0.0004))).isEmpty());
  }

  @Test
  void textsAreThoseOfTheProtocol() {
    var offer =
        parse("ports:[31000-32000];cpus:4;mem:4096;disk:8192")
            .withAllocation("golden")
            .minus(parse("cpus:0.1;mem:32").withAllocation("golden"));
    assertEquals(
        "ports(allocated: golden):[31000-32000]; cpus(allocated: golden):3.9;"
            + " mem(allocated: golden):4064; disk(allocated: golden):8192",
        offer.toString());
    assertEquals("{}", Resources.empty().toString());
    assertEquals("cpus(reservations: [(STATIC,r)]):1", parse("cpus(r):1").toString());
    assertEquals(
        "cpus(allocated: r){REV}:0.1",
        Resources.of(
                List.of(
                    scalar("cpus", 0.1).toBuilder()
                        .setRevocable(Resource.RevocableInfo.getDefaultInstance())
                        .build()))
            .withAllocation("r")
            .toString());
    assertEquals(
        "disk(reservations: [(DYNAMIC,r,p)])[v:data]:64",
        Resources.of(List.of(volume("v", "data", 64))).toString());
    assertEquals("sets:{a, b}; cpus:1000000", parse("sets:{b,a};cpus:1e6").toString());
  }

  @Test
  void neighbouringRangesBecomeOne() {
    assertEquals("ports:[1-4]", parse("ports:[1-2]").plus(parse("ports:[3-4]")).toString());
    assertEquals("ports:[1-2, 5-9]", parse("ports:[1-9]").minus(parse("ports:[3-4]")).toString());
  }

  @Test
  void rangesReachTheEndOfUnsignedNumbers() {
    var all = parse("ids:[0-18446744073709551615]");
    var rest = all.minus(parse("ids:[1-18446744073709551614]"));
    assertEquals("ids:[0-0, 18446744073709551615-18446744073709551615]", rest.toString());
    assertTrue(all.contains(rest));
    assertEquals(all, rest.plus(parse("ids:[1-18446744073709551614]")));
  }

  @Test
  void allocationSeparatesWhatIsOtherwiseEqual() {
    var a = parse("cpus:1").withAllocation("a");
    var b = parse("cpus:1").withAllocation("b");
    var both = a.plus(b);
    assertNotEquals(a, b);
    assertEquals(2, both.size());
    assertEquals(a, both.allocatedTo("a"));
    assertEquals(List.of("a", "b"), both.allocationRoles());
    assertEquals(parse("cpus:2"), both.withoutAllocation());
    assertFalse(both.contains(parse("cpus:1")));
    assertTrue(both.unallocated().isEmpty());
  }

  @Test
  void childrenMayUseTheReservationsOfTheirAncestorsOnly() {
    var pool = parse("cpus:1;cpus(a):2;cpus(a/b):4;cpus(c):8");
    assertEquals(7000, pool.allocatableTo("a/b").thousandths("cpus"));
    assertEquals(3000, pool.allocatableTo("a").thousandths("cpus"));
    assertEquals(1000, pool.allocatableTo("ab").thousandths("cpus"));
    assertEquals(4000, pool.reservedTo("a/b").thousandths("cpus"));
    assertEquals(1000, pool.unreserved().thousandths("cpus"));
  }

  @Test
  void persistentVolumesAreTakenWholeOrNotAtAll() {
    var pool = Resources.of(List.of(volume("v", "data", 64), volume("w", "data", 64)));
    assertEquals(2, pool.size());
    assertFalse(pool.contains(Resources.of(List.of(volume("v", "data", 32)))));
    assertEquals(pool, pool.minus(Resources.of(List.of(volume("v", "data", 32)))));
    assertEquals(1, pool.minus(Resources.of(List.of(volume("v", "elsewhere", 64)))).size());
  }

  @Test
  void copiesOfSharedVolumesAreCounted() {
    var copy =
        volume("v", "data", 64).toBuilder()
            .setShared(Resource.SharedInfo.getDefaultInstance())
            .build();
    var two = Resources.of(List.of(copy, copy));
    assertEquals(1, two.size());
    assertEquals(2, two.messages().size());
    assertEquals(64_000, two.quantities().get("disk"));
    assertFalse(Resources.of(List.of(copy)).contains(two));
    assertEquals(Resources.of(List.of(copy)), two.minus(Resources.of(List.of(copy))));
    assertTrue(two.minus(two).isEmpty());
  }

  @Test
  void hugeAmountsStopAtTheEndOfTheRange() {
    var much = parse("cpus:9e15");
    var more = much.plus(much).plus(much);
    assertTrue(more.contains(much));
    assertEquals(Long.MAX_VALUE, more.thousandths("cpus"));
  }

  @Test
  void formatsAreThoseOfTheirReceivers() {
    var dynamic = volume("v", "data", 64);
    var reserved = Resources.of(List.of(dynamic, scalar("cpus", 1)));
    var old = reserved.messagesFor(Format.PRE_REFINEMENT);
    assertEquals(0, old.getFirst().getReservationsCount());
    assertEquals("p", old.getFirst().getReservation().getPrincipal());
    assertEquals(reserved, Resources.of(old));
    var endpoint = reserved.messagesFor(Format.ENDPOINT);
    assertEquals(1, endpoint.getFirst().getReservationsCount());
    assertTrue(endpoint.getFirst().hasReservation());
    assertEquals(reserved, Resources.of(endpoint));
    assertEquals(reserved, Resources.of(reserved.messages()));
  }

  static Resource scalar(String name, double value) {
    return Resource.newBuilder()
        .setName(name)
        .setType(Value.Type.SCALAR)
        .setScalar(Value.Scalar.newBuilder().setValue(value))
        .build();
  }

  static Resource volume(String id, String path, double size) {
    return scalar("disk", size).toBuilder()
        .addReservations(
            ReservationInfo.newBuilder()
                .setType(ReservationInfo.Type.DYNAMIC)
                .setRole("r")
                .setPrincipal("p"))
        .setDisk(
            DiskInfo.newBuilder()
                .setPersistence(DiskInfo.Persistence.newBuilder().setId(id))
                .setVolume(Volume.newBuilder().setContainerPath(path).setMode(Volume.Mode.RW)))
        .build();
  }
}
