package io.proffer.api.endpoint;

import java.util.Optional;

/** How roles share a cluster: what a master tells of it, and what it is told. */
public final class QuotaEndpoints {
  public static final Endpoint ROLES =
      Endpoint.read(
          "/roles",
          Access.READ_ONLY,
          "Roles in use, or with a weight or quota, and what they hold.",
          Contract.document("Roles")
              .with(
                  Parameter.query(
                      "framework_id",
                      "Only roles this framework is subscribed to or has something in."),
                  ReadParameters.LIMIT,
                  ReadParameters.OFFSET,
                  Parameter.query(
                      "order", "By name: `desc`: the last first; anything else: the first."),
                  ReadParameters.IF_NONE_MATCH));
  public static final Endpoint WEIGHTS =
      Endpoint.read(
              "/weights",
              Access.READ_WRITE,
              "Weights of roles that were set.",
              Contract.document("Weights")
                  .writing(
                      "PUT",
                      "Weights",
                      "[{\"role\":\"ads\",\"weight\":2.5}]",
                      "Sets the weights of the roles it names."))
          .onlyBy("GET", "PUT");
  public static final Endpoint QUOTA =
      Endpoint.read(
              "/quota",
              Access.READ_WRITE,
              "Quotas of roles. The calls UPDATE_QUOTA and GET_QUOTA tell limits from guarantees.",
              Contract.document("quota.QuotaStatus")
                  .writing(
                      "POST",
                      "quota.QuotaRequest",
                      "{\"role\":\"ads\",\"force\":true,\"guarantee\":[{\"name\":\"cpus\",\"type\":\"SCALAR\",\"scalar\":{\"value\":8.0}}]}",
                      "Sets the quota of a role, its guarantee and its limit alike.")
                  .writing(
                      new Write(
                          "DELETE",
                          "/{role}",
                          "Removes the quota of a role, whose special characters are"
                              + " percent-encoded.",
                          Optional.empty())))
          .onlyBy("GET", "POST", "DELETE");

  private QuotaEndpoints() {}
}
