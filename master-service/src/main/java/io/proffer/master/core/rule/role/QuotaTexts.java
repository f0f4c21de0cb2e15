package io.proffer.master.core.rule.role;

import io.proffer.api.resource.Quantities;
import io.proffer.master.core.fact.Quota;
import io.proffer.master.core.fact.QuotaCharge;
import java.util.Collection;
import java.util.Optional;

/** What the rules of quotas say alike. */
final class QuotaTexts {
  private QuotaTexts() {}

  /** Of both, when the cluster has less than is guaranteed to all roles together. */
  static Optional<String> overcommit(Collection<Quota> all, QuotaCharge charge) {
    var total = all.stream().map(Quota::guarantees).reduce(Quantities.empty(), Quantities::plus);
    return charge.capacity().contains(total)
        ? Optional.empty()
        : Optional.of("'" + total + "' exceed cluster capacity '" + charge.capacity() + "'");
  }
}
