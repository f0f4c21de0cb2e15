package io.proffer.e2e.simulation;

import io.proffer.api.v1.Value;
import io.proffer.api.v1.master.Call;
import io.proffer.api.v1.master.Response;
import io.proffer.api.v1.quota.QuotaConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Limits of roles that nobody has, so that nobody starves; several at once are set all or none. */
final class QuotaMatter implements Matter {
  private static final String LIMITED = "cpus";

  /** So many that some registries take them in pieces. */
  private static final int ROLES = 20;

  private final Docket<Map<String, Long>> docket;
  private final SplittableRandom chance;
  private int given;
  private boolean seen;

  QuotaMatter(Docket<Map<String, Long>> docket, SplittableRandom chance) {
    this.docket = docket;
    this.chance = chance;
  }

  @Override
  public void goOn() {
    if (!docket.isIdle()) {
      return;
    }
    if (chance.nextInt(4) == 0) {
      look(() -> {});
    } else {
      limit();
    }
  }

  @Override
  public void wrapUp() {
    if (docket.isIdle() && !seen) {
      look(() -> seen = true);
    }
  }

  @Override
  public List<String> openEnds() {
    return seen ? List.of() : List.of("no master has shown the quotas");
  }

  private void look(Runnable then) {
    docket.ask(Call.Type.GET_QUOTA, (response, limits) -> limits.equals(limits(response)), then);
  }

  private void limit() {
    var limits = new TreeMap<String, Long>();
    for (var roles = 1 + chance.nextInt(ROLES); roles > 0; roles--) {
      given++;
      // None is one, too: the role may have all again.
      var limit = chance.nextInt(5) == 0 ? 0 : given * 1000L;
      limits.put("quota" + chance.nextInt(ROLES), limit);
    }
    var update = Call.UpdateQuota.newBuilder();
    limits.forEach((role, limit) -> update.addQuotaConfigs(config(role, limit)));
    var call = Call.newBuilder().setType(Call.Type.UPDATE_QUOTA).setUpdateQuota(update).build();
    docket.order(Ruling.of(call, now -> Optional.of(with(now, limits))), () -> {}, why -> {});
  }

  private static QuotaConfig config(String role, long limit) {
    var config = QuotaConfig.newBuilder().setRole(role);
    if (limit > 0) {
      config.putLimits(LIMITED, Value.Scalar.newBuilder().setValue(limit / 1000.0).build());
    }
    return config.build();
  }

  private static Map<String, Long> with(Map<String, Long> now, Map<String, Long> limits) {
    var all = new TreeMap<>(now);
    all.putAll(limits);
    all.values().removeIf(limit -> limit == 0);
    return all;
  }

  private static Map<String, Long> limits(Response response) {
    var limits = new TreeMap<String, Long>();
    for (var config : response.getGetQuota().getStatus().getConfigsList()) {
      if (config.getLimitsCount() > 0) {
        limits.put(
            config.getRole(), Math.round(config.getLimitsOrThrow(LIMITED).getValue() * 1000));
      }
    }
    return limits;
  }
}
