package io.proffer.master.core.allocator;

import com.google.protobuf.ByteString;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.resource.Attributes;
import io.proffer.api.resource.Quantities;
import io.proffer.api.resource.Resources;
import io.proffer.api.resource.Thousandths;
import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.DomainInfo;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.scheduler.OfferConstraints;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.AgentLink;
import io.proffer.master.core.fact.Capabilities;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.FrameworkLink;
import io.proffer.master.core.fact.Orders;
import io.proffer.master.core.fact.Quota;
import io.proffer.master.core.fact.Said;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Rows of tables with only those fields filled that an allocator looks at. */
final class Rows {
  private Rows() {}

  static Resources resources(String text) {
    return Resources.parse(text, "*");
  }

  static Agent agent(String id, String resources) {
    return agent(id, resources(resources), AgentInfo.newBuilder());
  }

  static Agent agent(String id, String resources, String attributes) {
    return agent(
        id,
        resources(resources),
        AgentInfo.newBuilder().addAllAttributes(Attributes.parse(attributes)));
  }

  static Agent agentInRegion(String id, String resources, String region) {
    var faultDomain =
        DomainInfo.FaultDomain.newBuilder()
            .setRegion(DomainInfo.FaultDomain.RegionInfo.newBuilder().setName(region))
            .setZone(DomainInfo.FaultDomain.ZoneInfo.newBuilder().setName("z"));
    var domain = DomainInfo.newBuilder().setFaultDomain(faultDomain);
    return agent(id, resources(resources), AgentInfo.newBuilder().setDomain(domain));
  }

  static Agent agent(String id, Resources resources, AgentInfo.Builder info) {
    return agent(
        id,
        resources,
        info,
        List.of(
            capability(AgentInfo.Capability.Type.MULTI_ROLE),
            capability(AgentInfo.Capability.Type.HIERARCHICAL_ROLE)));
  }

  static Agent agent(
      String id,
      Resources resources,
      AgentInfo.Builder info,
      List<AgentInfo.Capability> capabilities) {
    return new Agent(
        new AgentId(id),
        info.setHostname(id).buildPartial(),
        "127.0.0.1",
        "1.11.0",
        capabilities,
        ByteString.EMPTY,
        new AgentLink.Connected("session-" + id),
        Orders.NONE,
        resources,
        Resources.empty(),
        Resources.empty(),
        Instant.EPOCH,
        Optional.empty(),
        Said.UNKNOWN);
  }

  /**
   * A quota of amounts like {@code cpus:4;mem:1024}; empty text for none.
   *
   * @param limits 0 is a limit too
   */
  static Quota quota(String role, String guarantees, String limits) {
    var limited = new TreeMap<String, Long>();
    for (var limit : limits.split(";", -1)) {
      if (!limit.isEmpty()) {
        var pair = limit.split(":", -1);
        limited.put(pair[0], Thousandths.of(Double.parseDouble(pair[1])));
      }
    }
    return new Quota(role, Quantities.parse(guarantees), limited);
  }

  static AgentInfo.Capability capability(AgentInfo.Capability.Type type) {
    return AgentInfo.Capability.newBuilder().setType(type).build();
  }

  static FrameworkInfo.Builder info(FrameworkInfo.Capability.Type... capabilities) {
    var info = FrameworkInfo.newBuilder().setUser("u").setName("n");
    for (var capability : capabilities) {
      info.addCapabilities(FrameworkInfo.Capability.newBuilder().setType(capability));
    }
    return info;
  }

  static Framework framework(String id, String... roles) {
    return framework(id, info(FrameworkInfo.Capability.Type.MULTI_ROLE), List.of(roles), List.of());
  }

  static Framework framework(
      String id, FrameworkInfo.Builder info, List<String> roles, List<String> suppressed) {
    return framework(id, info, roles, suppressed, OfferConstraints.getDefaultInstance());
  }

  static Framework framework(
      String id,
      FrameworkInfo.Builder info,
      List<String> roles,
      List<String> suppressed,
      OfferConstraints constraints) {
    var whole = info.build();
    return new Framework(
        new FrameworkId(id),
        whole,
        Capabilities.of(whole),
        roles,
        suppressed,
        constraints,
        new FrameworkLink.Connected("stream-" + id),
        Instant.EPOCH,
        Optional.empty(),
        Resources.empty(),
        Resources.empty());
  }
}
