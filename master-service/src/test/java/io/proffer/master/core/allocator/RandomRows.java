package io.proffer.master.core.allocator;

import io.proffer.api.resource.Attributes;
import io.proffer.api.resource.Resources;
import io.proffer.api.resource.ScalarAmount;
import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.DomainInfo;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.OfferFilters;
import io.proffer.api.v1.scheduler.AttributeConstraint;
import io.proffer.api.v1.scheduler.OfferConstraints;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Framework;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Draws agents and frameworks of a few kinds, so that they meet in every way. */
final class RandomRows {
  /** Where the masters are. */
  static final String REGION = "here";

  private static final List<String> TOTALS =
      List.of(
          "cpus:4;mem:1024",
          "cpus:4;mem:1024;disk:100;ports:[1-10]",
          "cpus:0.1;mem:31",
          "cpus:3;mem:512;cpus(a):1;mem(a/b):256",
          "cpus(c):4;mem(c):1024",
          "cpus:8;mem:4096;gpus:2",
          "disk:5",
          "cpus:0.005;mem:16;x:7.125",
          "cpus:2;mem:256;cpus(a/b/x):1.5;disk(a/c):20;ports(a):[1-3]");

  private static final List<FrameworkInfo.Capability.Type> CAPABILITIES =
      List.of(
          FrameworkInfo.Capability.Type.GPU_RESOURCES,
          FrameworkInfo.Capability.Type.REVOCABLE_RESOURCES,
          FrameworkInfo.Capability.Type.RESERVATION_REFINEMENT,
          FrameworkInfo.Capability.Type.SHARED_RESOURCES,
          FrameworkInfo.Capability.Type.REGION_AWARE);

  private final Random random;
  private final List<String> roles;

  RandomRows(Random random, List<String> roles) {
    this.random = random;
    this.roles = roles;
  }

  private boolean oneIn(int chances) {
    return random.nextInt(chances) == 0;
  }

  Agent agent() {
    var total = Rows.resources(TOTALS.get(random.nextInt(TOTALS.size())));
    if (oneIn(4)) {
      total = total.plus(Pieces.revocable("cpus", 1.5));
    }
    if (oneIn(3)) {
      total = total.plus(disks());
    }
    if (oneIn(3)) {
      total = total.plus(Pieces.sharedVolume(oneIn(2) ? "a" : "c", "v", 10));
    }
    if (oneIn(5)) {
      total = total.plus(Pieces.refined("mem", 128, "a", "a/b"));
    }
    return Rows.agent("s" + random.nextInt(6), total, agentInfo(), agentCapabilities());
  }

  /** Some that can be divided, some that cannot; two of them exactly alike. */
  private Resources disks() {
    var disks = Pieces.mount("one", 40).plus(Pieces.mount("two", 60));
    if (oneIn(2)) {
      disks = disks.plus(Pieces.mount("one", 40));
    }
    return oneIn(2) ? disks.plus(Pieces.path("dir", 30)) : disks;
  }

  private AgentInfo.Builder agentInfo() {
    var info =
        AgentInfo.newBuilder()
            .addAllAttributes(Attributes.parse(random.nextBoolean() ? "rack:r1" : "rack:r2"));
    if (oneIn(3)) {
      var region =
          DomainInfo.FaultDomain.RegionInfo.newBuilder().setName(oneIn(3) ? "there" : REGION);
      var zone = DomainInfo.FaultDomain.ZoneInfo.newBuilder().setName("z");
      info.setDomain(
          DomainInfo.newBuilder()
              .setFaultDomain(DomainInfo.FaultDomain.newBuilder().setRegion(region).setZone(zone)));
    }
    return info;
  }

  private List<AgentInfo.Capability> agentCapabilities() {
    var capabilities = new ArrayList<AgentInfo.Capability>();
    if (!oneIn(10)) {
      capabilities.add(Rows.capability(AgentInfo.Capability.Type.MULTI_ROLE));
    }
    if (!oneIn(6)) {
      capabilities.add(Rows.capability(AgentInfo.Capability.Type.HIERARCHICAL_ROLE));
    }
    return capabilities;
  }

  Framework framework() {
    var chosen = new ArrayList<String>();
    var suppressed = new ArrayList<String>();
    for (var role : roles) {
      if (random.nextBoolean()) {
        chosen.add(role);
        if (oneIn(4)) {
          suppressed.add(role);
        }
      }
    }
    if (chosen.isEmpty()) {
      chosen.add(roles.getFirst());
    }
    boolean multiRole = chosen.size() > 1 || oneIn(2);
    var constraints = OfferConstraints.getDefaultInstance();
    if (oneIn(4)) {
      constraints = onlyRackOne(chosen.getFirst());
    }
    return Rows.framework(
        "f" + random.nextInt(6), info(multiRole), chosen, suppressed, constraints);
  }

  private FrameworkInfo.Builder info(boolean multiRole) {
    var info = multiRole ? Rows.info(FrameworkInfo.Capability.Type.MULTI_ROLE) : Rows.info();
    for (var type : CAPABILITIES) {
      if (oneIn(2)) {
        info.addCapabilities(FrameworkInfo.Capability.newBuilder().setType(type));
      }
    }
    if (oneIn(2)) {
      var anything = OfferFilters.MinAllocatableResources.getDefaultInstance();
      var role = roles.get(random.nextInt(roles.size()));
      var filters = OfferFilters.newBuilder();
      if (!oneIn(4)) {
        filters.setMinAllocatableResources(anything);
      }
      info.putOfferFilters(role, filters.build());
    }
    return info;
  }

  private static OfferConstraints onlyRackOne(String role) {
    var constraint =
        AttributeConstraint.newBuilder()
            .setSelector(AttributeConstraint.Selector.newBuilder().setAttributeName("rack"))
            .setPredicate(
                AttributeConstraint.Predicate.newBuilder()
                    .setTextEquals(
                        AttributeConstraint.Predicate.TextEquals.newBuilder().setValue("r1")));
    var group =
        OfferConstraints.RoleConstraints.Group.newBuilder().addAttributeConstraints(constraint);
    return OfferConstraints.newBuilder()
        .putRoleConstraints(
            role, OfferConstraints.RoleConstraints.newBuilder().addGroups(group).build())
        .build();
  }

  /** Some of the scalars of an offer, some of each that can be divided. */
  Resources partOf(Resources offered) {
    var part = Resources.empty();
    for (var element : offered) {
      if (element.amount() instanceof ScalarAmount(var thousandths) && random.nextInt(4) > 0) {
        boolean whole = random.nextBoolean() || !element.kind().isDivisible();
        long some = whole ? thousandths : 1 + random.nextLong(thousandths);
        part =
            part.plus(Resources.of(List.of(element.withAmount(new ScalarAmount(some)).message())));
      }
    }
    return part;
  }
}
