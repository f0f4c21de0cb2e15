package io.proffer.master.core.rule.role;

import io.proffer.api.resource.Quantities;
import io.proffer.api.resource.Thousandths;
import io.proffer.master.core.fact.Quota;
import io.proffer.master.core.fact.QuotaCharge;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the rules of quotas say alike. */
final class QuotaTexts {
  private QuotaTexts() {}

  /** Limits as amounts are printed; those of nothing too. */
  static String limits(Quota quota) {
    return quota.limits().entrySet().stream()
        .map(limit -> limit.getKey() + ":" + Thousandths.text(limit.getValue()))
        .collect(Collectors.joining("; "));
  }

  /** Of both, when the cluster has less than is guaranteed to all roles together. */
  static Optional<String> overcommit(Collection<Quota> all, QuotaCharge charge) {
    var total = all.stream().map(Quota::guarantees).reduce(Quantities.empty(), Quantities::plus);
    return charge.capacity().contains(total)
        ? Optional.empty()
        : Optional.of("'" + total + "' exceed cluster capacity '" + charge.capacity() + "'");
  }
}
