package io.proffer.master.core.validate;

import io.proffer.api.resource.ResourceValidation;
import io.proffer.api.resource.Resources;
import io.proffer.api.resource.Roles;
import io.proffer.api.v1.Resource;
import io.proffer.api.v1.Value;
import io.proffer.api.v1.quota.QuotaRequest;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Is this quota of the old form sound, whatever the cluster has? (operator-api, section 3.7) */
public final class QuotaRequestValidation {
  private static final String REFUSED = "Failed to validate set quota request: ";

  private QuotaRequestValidation() {}

  /**
   * What is wrong with this one.
   *
   * @param whitelist the only roles there may be; empty for any
   */
  public static Optional<String> check(QuotaRequest request, Optional<List<String>> whitelist) {
    var role = request.getRole();
    var error = checkInfo(request);
    if (error.isPresent()) {
      return Optional.of(REFUSED + "QuotaInfo " + error.get());
    }
    if (!RoleWhitelist.has(role, whitelist)) {
      return Optional.of(REFUSED + "Unknown role '" + role + "'");
    }
    return role.contains("/")
        ? Optional.of("Setting quota on nested role '" + role + "' is not supported yet")
        : Optional.empty();
  }

  private static Optional<String> checkInfo(QuotaRequest request) {
    return ResourceValidation.check(request.getGuaranteeList())
        .map("with invalid resource: "::concat)
        .or(() -> Roles.check(request.getRole()).map("with invalid role: "::concat))
        .or(() -> checkGuarantee(request.getGuaranteeList()));
  }

  private static Optional<String> checkGuarantee(List<Resource> guarantee) {
    if (guarantee.isEmpty()) {
      return Optional.of("with empty 'guarantee'");
    }
    var names = new TreeSet<String>();
    for (var resource : guarantee) {
      if (!Resources.of(List.of(resource)).reserved().isEmpty()) {
        return Optional.of("must not contain any ReservationInfo");
      }
      if (resource.hasDisk()) {
        return Optional.of("must not contain any DiskInfo");
      }
      if (resource.hasRevocable()) {
        return Optional.of("must not contain any RevocableInfo");
      }
      if (resource.getType() != Value.Type.SCALAR) {
        return Optional.of("must not include non-scalar resources");
      }
      if (!names.add(resource.getName())) {
        return Optional.of("contains duplicate resource name '" + resource.getName() + "'");
      }
    }
    return Optional.empty();
  }
}
