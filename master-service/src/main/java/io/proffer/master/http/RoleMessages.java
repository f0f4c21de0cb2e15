package io.proffer.master.http;

import io.proffer.api.acl.Action;
import io.proffer.api.acl.Rights;
import io.proffer.api.resource.Thousandths;
import io.proffer.api.v1.Resource;
import io.proffer.api.v1.Value;
import io.proffer.api.v1.WeightInfo;
import io.proffer.api.v1.master.Response;
import io.proffer.api.v1.quota.QuotaConfig;
import io.proffer.api.v1.quota.QuotaInfo;
import io.proffer.api.v1.quota.QuotaStatus;
import io.proffer.master.core.fact.Quota;
import io.proffer.master.core.fact.RoleSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * Weights and quotas as messages, of the roles the reader may know them of (operator-api, sections
 * 3.7 and 3.8).
 */
final class RoleMessages {
  private RoleMessages() {}

  /** Without weights there is no body, as in the reference. */
  static Response weights(RoleSettings roles, Rights rights) {
    var response = Response.newBuilder().setType(Response.Type.GET_WEIGHTS);
    var infos = weightInfos(roles, rights);
    if (!infos.isEmpty()) {
      response.setGetWeights(Response.GetWeights.newBuilder().addAllWeightInfos(infos));
    }
    return response.build();
  }

  static Response quotas(RoleSettings roles, Rights rights) {
    return Response.newBuilder()
        .setType(Response.Type.GET_QUOTA)
        .setGetQuota(Response.GetQuota.newBuilder().setStatus(quotaStatus(roles, rights)))
        .build();
  }

  static List<WeightInfo> weightInfos(RoleSettings roles, Rights rights) {
    var seen = rights.on(Action.VIEW_ROLE);
    var infos = new ArrayList<WeightInfo>();
    roles
        .weights()
        .forEach(
            (role, weight) -> {
              if (seen.allows(role)) {
                infos.add(WeightInfo.newBuilder().setRole(role).setWeight(weight).build());
              }
            });
    return infos;
  }

  static QuotaStatus quotaStatus(RoleSettings roles, Rights rights) {
    var seen = rights.on(Action.GET_QUOTA);
    var status = QuotaStatus.newBuilder();
    for (var quota : roles.quotas().values()) {
      if (seen.allows(quota.role())) {
        add(quota, status);
      }
    }
    return status.build();
  }

  @SuppressWarnings("deprecation") // the old form is still told
  private static void add(Quota quota, QuotaStatus.Builder status) {
    var info = QuotaInfo.newBuilder().setRole(quota.role());
    var config = QuotaConfig.newBuilder().setRole(quota.role());
    var guarantees = quota.guarantees();
    for (int i = 0; i < guarantees.size(); i++) {
      var scalar = scalar(guarantees.amount(i));
      info.addGuarantee(
          Resource.newBuilder()
              .setName(guarantees.name(i))
              .setType(Value.Type.SCALAR)
              .setScalar(scalar));
      config.putGuarantees(guarantees.name(i), scalar);
    }
    quota.limits().forEach((name, limit) -> config.putLimits(name, scalar(limit)));
    status.addInfos(info).addConfigs(config);
  }

  private static Value.Scalar scalar(long thousandths) {
    return Value.Scalar.newBuilder().setValue(Thousandths.toDouble(thousandths)).build();
  }
}
