package io.proffer.master.core.allocator;

import io.proffer.api.resource.Attributes;
import io.proffer.api.resource.Resources;
import io.proffer.api.resource.ScalarAmount;
import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.OfferFilters;
import io.proffer.api.v1.Resource;
import io.proffer.api.v1.Value;
import io.proffer.api.v1.scheduler.AttributeConstraint;
import io.proffer.api.v1.scheduler.OfferConstraints;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Framework;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Draws agents and frameworks of a few kinds, so that they meet in every way. */
final class RandomRows {
  private static final List<String> ROLES = List.of("a", "a/b", "c", "*");
  private static final List<String> TOTALS =
      List.of(
          "cpus:4;mem:1024",
          "cpus:4;mem:1024;disk:100;ports:[1-10]",
          "cpus:0.1;mem:31",
          "cpus:3;mem:512;cpus(a):1;mem(a/b):256",
          "cpus(c):4;mem(c):1024",
          "cpus:8;mem:4096;gpus:2",
          "disk:5",
          "cpus:0.005;mem:16;x:7.125");

  private final Random random;

  RandomRows(Random random) {
    this.random = random;
  }

  Agent agent() {
    var total = Rows.resources(TOTALS.get(random.nextInt(TOTALS.size())));
    if (random.nextInt(4) == 0) {
      total = total.plus(revocable());
    }
    var info =
        AgentInfo.newBuilder()
            .addAllAttributes(Attributes.parse(random.nextBoolean() ? "rack:r1" : "rack:r2"));
    return Rows.agent("s" + random.nextInt(6), total, info);
  }

  private static Resources revocable() {
    return Resources.of(
        List.of(
            Resource.newBuilder()
                .setName("cpus")
                .setType(Value.Type.SCALAR)
                .setScalar(Value.Scalar.newBuilder().setValue(1.5))
                .setRevocable(Resource.RevocableInfo.getDefaultInstance())
                .build()));
  }

  Framework framework() {
    var roles = new ArrayList<String>();
    var suppressed = new ArrayList<String>();
    for (var role : ROLES) {
      if (random.nextBoolean()) {
        roles.add(role);
        if (random.nextInt(4) == 0) {
          suppressed.add(role);
        }
      }
    }
    if (roles.isEmpty()) {
      roles.add("a");
    }
    var constraints = OfferConstraints.getDefaultInstance();
    if (random.nextInt(4) == 0) {
      constraints = onlyRackOne(roles.getFirst());
    }
    return Rows.framework("f" + random.nextInt(6), info(), roles, suppressed, constraints);
  }

  private FrameworkInfo.Builder info() {
    var info = Rows.info(FrameworkInfo.Capability.Type.MULTI_ROLE);
    for (var type :
        List.of(
            FrameworkInfo.Capability.Type.GPU_RESOURCES,
            FrameworkInfo.Capability.Type.REVOCABLE_RESOURCES)) {
      if (random.nextInt(3) == 0) {
        info.addCapabilities(FrameworkInfo.Capability.newBuilder().setType(type));
      }
    }
    if (random.nextInt(4) == 0) {
      var anything = OfferFilters.MinAllocatableResources.getDefaultInstance();
      info.putOfferFilters(
          "a", OfferFilters.newBuilder().setMinAllocatableResources(anything).build());
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

  /** Some of the scalars of an offer, some of each. */
  Resources partOf(Resources offered) {
    var part = Resources.empty();
    for (var element : offered) {
      if (element.amount() instanceof ScalarAmount(var thousandths) && random.nextInt(4) > 0) {
        long some = random.nextBoolean() ? thousandths : 1 + random.nextLong(thousandths);
        part =
            part.plus(Resources.of(List.of(element.withAmount(new ScalarAmount(some)).message())));
      }
    }
    return part;
  }
}
