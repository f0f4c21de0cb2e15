package io.proffer.master.registry;

import com.google.protobuf.Message;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.internal.Epoch;
import io.proffer.api.internal.PlannedMaintenance;
import io.proffer.api.internal.RegisteredAgent;
import io.proffer.api.internal.RoleQuota;
import io.proffer.api.internal.RoleWeight;
import io.proffer.api.internal.UnreachableAgent;
import io.proffer.api.v1.AgentInfo;
import io.proffer.kernel.Write;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.event.Durable;
import io.proffer.master.core.event.Event;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.core.event.MaintenanceEvent;
import io.proffer.master.core.event.RoleEvent;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.Maintenance;
import io.proffer.master.core.fact.Quota;
import java.time.Instant;
import java.util.List;

/** What each event writes (api-spec, registry.proto). */
public final class Registry {
  /** The version of the format of all records written. */
  public static final int FORMAT = 1;

  static final String EPOCH = "epoch";
  static final String AGENTS = "agents/";
  static final String UNREACHABLE = "unreachable/";
  static final String WEIGHTS = "weights/";
  static final String QUOTAS = "quotas/";
  static final String MAINTENANCE = "maintenance";
  static final String GONE = "gone/";
  static final String ORDERS = "orders/";
  static final String FRAMEWORKS = "frameworks/";

  private Registry() {}

  /** The puts and deletes of an event; none for events that need not outlive the process. */
  public static List<Write> writes(Event event) {
    return event instanceof Durable durable ? writes(durable) : List.of();
  }

  /** The record of the epoch of a run. */
  public static Write epoch(long value) {
    return put(EPOCH, Epoch.newBuilder().setFormatVersion(FORMAT).setValue(value).build());
  }

  private static List<Write> writes(Durable durable) {
    return switch (durable) {
      case AgentEvent.Admitted(var info) -> List.of(agent(info));
      case AgentEvent.MarkedReachable(var info) ->
          List.of(agent(info), Write.delete(UNREACHABLE + info.getId().getValue()));
      case AgentEvent.MarkedUnreachable(var id, var at) ->
          List.of(Write.delete(AGENTS + id.value()), unreachable(id, at));
      case AgentEvent.Removed(var id) ->
          List.of(
              Write.delete(AGENTS + id.value()),
              Write.delete(UNREACHABLE + id.value()),
              Write.delete(ORDERS + id.value()));
      case AgentEvent.MarkedGone(var id, var at) -> OrderRecords.gone(id, at);
      case AgentEvent.Pruned(var id) ->
          List.of(
              Write.delete(UNREACHABLE + id.value()),
              Write.delete(GONE + id.value()),
              Write.delete(ORDERS + id.value()));
      case AgentEvent.OrdersChanged(var id, var orders) -> List.of(OrderRecords.write(id, orders));
      case MaintenanceEvent.Changed(var maintenance) -> List.of(maintenance(maintenance));
      case FrameworkEvent.Added(var framework) -> List.of(framework(framework));
      case FrameworkEvent.Updated(var framework) -> List.of(framework(framework));
      case FrameworkEvent.Removed(FrameworkId id, var info, var at) ->
          List.of(Write.delete(FRAMEWORKS + id.value()));
      case RoleEvent.WeightsSet(var weights) ->
          weights.entrySet().stream().map(e -> weight(e.getKey(), e.getValue())).toList();
      case RoleEvent.QuotasSet(var quotas) -> quotas.stream().map(Registry::quota).toList();
    };
  }

  private static Write agent(AgentInfo info) {
    return put(
        AGENTS + info.getId().getValue(),
        RegisteredAgent.newBuilder().setFormatVersion(FORMAT).setInfo(info).build());
  }

  private static Write unreachable(AgentId id, Instant since) {
    return put(
        UNREACHABLE + id.value(),
        UnreachableAgent.newBuilder()
            .setFormatVersion(FORMAT)
            .setId(id.message())
            .setSinceNanos(Instants.nanos(since))
            .build());
  }

  private static Write maintenance(Maintenance maintenance) {
    return put(
        MAINTENANCE,
        PlannedMaintenance.newBuilder()
            .setFormatVersion(FORMAT)
            .setSchedule(maintenance.schedule())
            .addAllDown(maintenance.down())
            .build());
  }

  private static Write framework(Framework framework) {
    return put(FRAMEWORKS + framework.id().value(), FrameworkRecords.of(framework));
  }

  private static Write weight(String role, double weight) {
    return put(
        WEIGHTS + role,
        RoleWeight.newBuilder().setFormatVersion(FORMAT).setRole(role).setWeight(weight).build());
  }

  /** A default one is kept too: the role stays known. */
  private static Write quota(Quota quota) {
    var record = RoleQuota.newBuilder().setFormatVersion(FORMAT).setRole(quota.role());
    var guarantees = quota.guarantees();
    for (int i = 0; i < guarantees.size(); i++) {
      record.addGuarantees(amount(guarantees.name(i), guarantees.amount(i)));
    }
    quota.limits().forEach((name, limit) -> record.addLimits(amount(name, limit)));
    return put(QUOTAS + quota.role(), record.build());
  }

  private static RoleQuota.Amount amount(String name, long thousandths) {
    return RoleQuota.Amount.newBuilder().setName(name).setThousandths(thousandths).build();
  }

  static Write put(String key, Message record) {
    return Write.put(key, record.toByteArray());
  }
}
