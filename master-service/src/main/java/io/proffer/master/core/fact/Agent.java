package io.proffer.master.core.fact;

import com.google.protobuf.ByteString;
import io.proffer.api.id.AgentId;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.AgentInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A registered agent as the tables hold it.
 *
 * @param info as announced, with its id
 * @param ip the address it announced
 * @param total all it has
 * @param allocated used by tasks and executors
 * @param offered in outstanding offers
 * @param orders what operators have ordered of it
 * @param said when it said this
 */
public record Agent(
    AgentId id,
    AgentInfo info,
    String ip,
    String version,
    List<AgentInfo.Capability> capabilities,
    ByteString resourceVersion,
    AgentLink link,
    Orders orders,
    Resources total,
    Resources allocated,
    Resources offered,
    Instant registered,
    Optional<Instant> reregistered,
    Said said) {

  public Agent {
    capabilities = List.copyOf(capabilities);
  }

  /** {@code slave(1)@IP:PORT}, the form tools build addresses from. */
  public String pid() {
    return "slave(1)@" + ip + ":" + info.getPort();
  }

  /** Its open session. */
  public Optional<String> session() {
    return link instanceof AgentLink.Connected(var session)
        ? Optional.of(session)
        : Optional.empty();
  }

  /** By an operator: no offers, tasks go on. */
  public boolean deactivated() {
    return orders.deactivated();
  }

  /** True while it gets offers. */
  public boolean active() {
    return link instanceof AgentLink.Connected && !deactivated();
  }

  /** The same row, standing so with the master. */
  public Agent withLink(AgentLink other) {
    return with(other, orders, allocated, offered);
  }

  /** The same row, under these orders. */
  public Agent withOrders(Orders other) {
    return with(link, other, allocated, offered);
  }

  /** The same row, with this in use. */
  public Agent withAllocated(Resources other) {
    return with(link, orders, other, offered);
  }

  /** The same row, with this in offers. */
  public Agent withOffered(Resources other) {
    return with(link, orders, allocated, other);
  }

  private Agent with(AgentLink link, Orders orders, Resources allocated, Resources offered) {
    return new Agent(
        id,
        info,
        ip,
        version,
        capabilities,
        resourceVersion,
        link,
        orders,
        total,
        allocated,
        offered,
        registered,
        reregistered,
        said);
  }
}
