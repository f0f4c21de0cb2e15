package io.proffer.master.registry;

import com.google.protobuf.InvalidProtocolBufferException;
import io.proffer.api.id.AgentId;
import io.proffer.api.internal.AgentOrders;
import io.proffer.api.internal.Epoch;
import io.proffer.api.internal.GoneAgent;
import io.proffer.api.internal.PlannedMaintenance;
import io.proffer.api.internal.RegisteredAgent;
import io.proffer.api.internal.RegisteredFramework;
import io.proffer.api.internal.RoleQuota;
import io.proffer.api.internal.RoleWeight;
import io.proffer.api.internal.UnreachableAgent;
import io.proffer.api.resource.Quantities;
import io.proffer.api.v1.AgentInfo;
import io.proffer.kernel.StoreException;
import io.proffer.kernel.Write;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.FrameworkLink;
import io.proffer.master.core.fact.Maintenance;
import io.proffer.master.core.fact.Orders;
import io.proffer.master.core.fact.Quota;
import io.proffer.master.core.fact.RoleSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a registry held when a master started.
 *
 * @param epoch of the run before; 0 when there was none
 * @param agents admitted, in the order of keys
 * @param orders what operators have ordered of agents, wherever these are
 * @param gone agents that may not come back, and since when
 * @param maintenance what is planned for machines
 * @param frameworks with the link {@code Recovered}
 * @param roles their weights and quotas
 */
public record Recovered(
    long epoch,
    List<AgentInfo> agents,
    List<Unreachable> unreachable,
    SortedMap<AgentId, Orders> orders,
    SortedMap<AgentId, Instant> gone,
    Maintenance maintenance,
    List<Framework> frameworks,
    RoleSettings roles) {

  /** An agent that was not heard of for too long. */
  public record Unreachable(AgentId id, Instant since) {}

  /** The same with these weights instead. */
  public Recovered withWeights(SortedMap<String, Double> weights) {
    return new Recovered(
        epoch,
        agents,
        unreachable,
        orders,
        gone,
        maintenance,
        frameworks,
        new RoleSettings(weights, roles.quotas()));
  }

  /**
   * Reads what a journal loaded.
   *
   * @throws UnfitException when a record is of a newer format
   * @throws DamagedException when a record is none
   */
  public static Recovered from(List<Write> records) {
    var epoch = 0L;
    var agents = new ArrayList<AgentInfo>();
    var unreachable = new ArrayList<Unreachable>();
    var orders = new TreeMap<AgentId, Orders>();
    var gone = new TreeMap<AgentId, Instant>();
    var maintenance = Maintenance.NONE;
    var frameworks = new ArrayList<Framework>();
    var weights = new TreeMap<String, Double>();
    var quotas = new TreeMap<String, Quota>();
    for (var record : records) {
      var key = record.key();
      var bytes = record.value().orElseThrow();
      try {
        if (key.equals(Registry.EPOCH)) {
          var read = Epoch.parseFrom(bytes);
          check(key, read.getFormatVersion());
          epoch = read.getValue();
        } else if (key.startsWith(Registry.AGENTS)) {
          var read = RegisteredAgent.parseFrom(bytes);
          check(key, read.getFormatVersion());
          agents.add(read.getInfo());
        } else if (key.startsWith(Registry.UNREACHABLE)) {
          var read = UnreachableAgent.parseFrom(bytes);
          check(key, read.getFormatVersion());
          unreachable.add(
              new Unreachable(AgentId.of(read.getId()), Instants.of(read.getSinceNanos())));
        } else if (key.startsWith(Registry.ORDERS)) {
          var read = AgentOrders.parseFrom(bytes);
          check(key, read.getFormatVersion());
          orders.put(AgentId.of(read.getId()), OrderRecords.read(read));
        } else if (key.equals(Registry.MAINTENANCE)) {
          var read = PlannedMaintenance.parseFrom(bytes);
          check(key, read.getFormatVersion());
          maintenance = new Maintenance(read.getSchedule(), read.getDownList());
        } else if (key.startsWith(Registry.GONE)) {
          var read = GoneAgent.parseFrom(bytes);
          check(key, read.getFormatVersion());
          gone.put(AgentId.of(read.getId()), Instants.of(read.getSinceNanos()));
        } else if (key.startsWith(Registry.FRAMEWORKS)) {
          var read = RegisteredFramework.parseFrom(bytes);
          check(key, read.getFormatVersion());
          frameworks.add(FrameworkRecords.row(read, new FrameworkLink.Recovered()));
        } else if (key.startsWith(Registry.WEIGHTS)) {
          var read = RoleWeight.parseFrom(bytes);
          check(key, read.getFormatVersion());
          weights.put(read.getRole(), read.getWeight());
        } else if (key.startsWith(Registry.QUOTAS)) {
          var read = RoleQuota.parseFrom(bytes);
          check(key, read.getFormatVersion());
          quotas.put(read.getRole(), quota(read));
        } else {
          throw unknown(key);
        }
      } catch (InvalidProtocolBufferException e) {
        throw new DamagedException(
            "The registry's record %s is damaged (%s): restore the work directory, or ZooKeeper's data where the registry is there, from a copy; or use another one."
                .formatted(key, e.getMessage()),
            e);
      }
    }
    return new Recovered(
        epoch,
        agents,
        unreachable,
        orders,
        gone,
        maintenance,
        frameworks,
        new RoleSettings(weights, quotas));
  }

  private static Quota quota(RoleQuota record) {
    return new Quota(
        record.getRole(),
        Quantities.of(amounts(record.getGuaranteesList())),
        amounts(record.getLimitsList()));
  }

  private static SortedMap<String, Long> amounts(List<RoleQuota.Amount> list) {
    var amounts = new TreeMap<String, Long>();
    list.forEach(amount -> amounts.put(amount.getName(), amount.getThousandths()));
    return amounts;
  }

  private static void check(String key, int format) {
    if (format > Registry.FORMAT) {
      throw new UnfitException(
          "The registry's record %s has format %d, and this version of Proffer reads formats up to %d: start the newer version that wrote it."
              .formatted(key, format, Registry.FORMAT));
    }
  }

  private static StoreException unknown(String key) {
    return new UnfitException(
        "The registry holds a record %s that this version of Proffer does not know: start the newer version that wrote it."
            .formatted(key));
  }
}
