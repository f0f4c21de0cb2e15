package io.proffer.master.registry;

import com.google.protobuf.Message;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.internal.Epoch;
import io.proffer.api.internal.RegisteredAgent;
import io.proffer.api.internal.RegisteredFramework;
import io.proffer.api.internal.UnreachableAgent;
import io.proffer.api.v1.AgentInfo;
import io.proffer.kernel.Write;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.event.Durable;
import io.proffer.master.core.event.Event;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.core.fact.Framework;
import java.time.Instant;
import java.util.List;

/** What each event writes (api-spec, registry.proto). */
public final class Registry {
  /** The version of the format of all records written. */
  static final int FORMAT = 1;

  static final String EPOCH = "epoch";
  static final String AGENTS = "agents/";
  static final String UNREACHABLE = "unreachable/";
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
          List.of(Write.delete(AGENTS + id.value()), Write.delete(UNREACHABLE + id.value()));
      case FrameworkEvent.Added(var framework) -> List.of(framework(framework));
      case FrameworkEvent.Updated(var framework) -> List.of(framework(framework));
      case FrameworkEvent.Removed(FrameworkId id, var info, var at) ->
          List.of(Write.delete(FRAMEWORKS + id.value()));
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

  private static Write framework(Framework framework) {
    var record =
        RegisteredFramework.newBuilder()
            .setFormatVersion(FORMAT)
            .setInfo(framework.info())
            .addAllSuppressedRoles(framework.suppressed())
            .setOfferConstraints(framework.constraints())
            .setRegisteredNanos(Instants.nanos(framework.registered()));
    framework.reregistered().ifPresent(at -> record.setReregisteredNanos(Instants.nanos(at)));
    return put(FRAMEWORKS + framework.id().value(), record.build());
  }

  private static Write put(String key, Message record) {
    return Write.put(key, record.toByteArray());
  }
}
