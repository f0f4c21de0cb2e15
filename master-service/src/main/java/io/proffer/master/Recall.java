package io.proffer.master;

import io.proffer.kernel.Moments;
import io.proffer.master.core.MasterCore;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.history.History;
import io.proffer.master.registry.Recovered;
import java.util.LinkedHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an earlier master left in the registry, handed to the core of this one. */
final class Recall {
  private static final Logger LOG = LoggerFactory.getLogger("io.proffer.master");

  private Recall() {}

  static void into(MasterCore core, Recovered recovered, Moments moments) {
    core.recoverRoles(recovered.roles(), moments.next());
    core.recover(
        recovered.frameworks().stream().map(Framework::info).toList(),
        recovered.agents(),
        recovered.unreachable().stream()
            .collect(
                Collectors.toMap(
                    Recovered.Unreachable::id,
                    Recovered.Unreachable::since,
                    (a, b) -> b,
                    LinkedHashMap::new)),
        moments.next());
    core.recoverOrders(recovered.orders(), recovered.gone(), moments.next());
    core.recoverMaintenance(recovered.maintenance(), moments.next());
    if (!recovered.agents().isEmpty() || !recovered.frameworks().isEmpty()) {
      LOG.info(
          "Recovered {} agents and {} frameworks from the registry; waiting for them",
          recovered.agents().size(),
          recovered.frameworks().size());
    }
  }

  /** What was over already when this master led before. After the registry. */
  static void into(MasterCore core, History.Past past, Moments moments) {
    core.recoverHistory(past.frameworks(), past.tasks(), moments.next());
    if (!past.frameworks().isEmpty() || !past.tasks().isEmpty()) {
      LOG.info(
          "Recovered {} completed frameworks and {} completed tasks from the history",
          past.frameworks().size(),
          past.tasks().size());
    }
  }
}
