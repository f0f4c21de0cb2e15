package io.proffer.master.core.state;

import io.proffer.api.id.FrameworkId;
import io.proffer.kernel.Moment;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.FrameworkLink;
import java.time.Instant;
import java.util.ArrayList;

/** What framework events change. */
final class FrameworkApplier {
  private FrameworkApplier() {}

  static void apply(FrameworkEvent event, MasterState state, Moment moment) {
    var frameworks = state.frameworks();
    switch (event) {
      case FrameworkEvent.Added(var framework) -> {
        frameworks.useId(framework.id(), state.masterId());
        frameworks.put(framework);
      }
      case FrameworkEvent.Updated(var framework) -> {
        frameworks.put(framework);
        if (framework.connected()) {
          state.deadlines().cancel(new Due.FailoverTimeout(framework.id()));
        }
      }
      case FrameworkEvent.Disconnected(var id, var since) -> {
        var framework = frameworks.find(id).orElseThrow();
        frameworks.put(framework.withLink(new FrameworkLink.Disconnected(since)));
        state
            .deadlines()
            .schedule(
                new Due.FailoverTimeout(id),
                Durations.after(
                    moment.monotonicNanos(),
                    Durations.nanos(framework.info().getFailoverTimeout()).orElse(0)));
        state.inverseOffers().forgetRefusals(id);
      }
      case FrameworkEvent.Suppressed(var id, var roles) -> {
        var framework = frameworks.find(id).orElseThrow();
        var suppressed = new ArrayList<>(framework.suppressed());
        roles.stream().filter(r -> !suppressed.contains(r)).forEach(suppressed::add);
        frameworks.put(framework.withSuppressed(suppressed));
      }
      case FrameworkEvent.Revived(var id, var roles) -> {
        var framework = frameworks.find(id).orElseThrow();
        var suppressed = new ArrayList<>(framework.suppressed());
        suppressed.removeAll(roles);
        frameworks.put(framework.withSuppressed(suppressed));
        state.inverseOffers().forgetRefusals(id);
      }
      case FrameworkEvent.Removed(var id, var info, var at) -> complete(state, id, at);
    }
  }

  private static void complete(MasterState state, FrameworkId id, Instant at) {
    Framework framework = state.frameworks().find(id).orElseThrow();
    state.deadlines().cancel(new Due.FailoverTimeout(id));
    state.tasks().forgetKills(id);
    state.inverseOffers().forget(id);
    state
        .frameworks()
        .complete(
            framework.withLink(new FrameworkLink.Completed(at)),
            state.settings().maxCompletedFrameworks())
        .ifPresent(state.tasks()::forget);
  }
}
