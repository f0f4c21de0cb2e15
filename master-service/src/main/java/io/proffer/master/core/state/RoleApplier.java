package io.proffer.master.core.state;

import io.proffer.master.core.event.RoleEvent;

/** What role events change. */
final class RoleApplier {
  private RoleApplier() {}

  static void apply(RoleEvent event, Roles roles) {
    switch (event) {
      case RoleEvent.WeightsSet(var weights) -> weights.forEach(roles::setWeight);
      case RoleEvent.QuotasSet(var quotas) -> quotas.forEach(roles::setQuota);
    }
  }
}
