package io.proffer.master.registry;

import io.proffer.api.id.AgentId;
import io.proffer.api.internal.AgentOrders;
import io.proffer.api.internal.GoneAgent;
import io.proffer.kernel.Write;
import io.proffer.master.core.fact.Drain;
import io.proffer.master.core.fact.Orders;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What operators have ordered of agents, as records. */
final class OrderRecords {
  private OrderRecords() {}

  /** No record for an agent of which nothing is ordered. */
  static Write write(AgentId id, Orders orders) {
    var key = Registry.ORDERS + id.value();
    if (orders.equals(Orders.NONE)) {
      return Write.delete(key);
    }
    var record =
        AgentOrders.newBuilder()
            .setFormatVersion(Registry.FORMAT)
            .setId(id.message())
            .setDeactivated(orders.deactivated());
    orders
        .drain()
        .ifPresent(
            drain ->
                record.setDrain(
                    AgentOrders.Drain.newBuilder()
                        .setConfig(drain.config())
                        .setSinceNanos(Instants.nanos(drain.since()))
                        .setDone(drain.done())));
    return Registry.put(key, record.build());
  }

  /** All there was of an agent makes room for the record that it is gone. */
  static List<Write> gone(AgentId id, Instant at) {
    return List.of(
        Write.delete(Registry.AGENTS + id.value()),
        Write.delete(Registry.UNREACHABLE + id.value()),
        Write.delete(Registry.ORDERS + id.value()),
        Registry.put(
            Registry.GONE + id.value(),
            GoneAgent.newBuilder()
                .setFormatVersion(Registry.FORMAT)
                .setId(id.message())
                .setSinceNanos(Instants.nanos(at))
                .build()));
  }

  static Orders read(AgentOrders record) {
    return new Orders(
        record.getDeactivated(),
        record.hasDrain()
            ? Optional.of(
                new Drain(
                    record.getDrain().getConfig(),
                    Instants.of(record.getDrain().getSinceNanos()),
                    record.getDrain().getDone()))
            : Optional.empty());
  }
}
