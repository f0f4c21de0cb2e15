package io.proffer.master.core.rule.framework;

import io.proffer.api.acl.Action;
import io.proffer.api.acl.Rights;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.scheduler.OfferConstraints;
import io.proffer.master.core.allocator.CompiledConstraints;
import io.proffer.master.core.state.CoreSettings;
import io.proffer.master.core.validate.FrameworkValidation;
import java.util.List;
import java.util.Optional;

/** Why a framework may not be what it says it is, for SUBSCRIBE and UPDATE_FRAMEWORK alike. */
final class FrameworkRefusals {
  private FrameworkRefusals() {}

  /** What the info alone, or the master's flags, speak against. */
  static Optional<String> ofInfo(FrameworkInfo info, CoreSettings settings) {
    return FrameworkValidation.checkInfo(info)
        .or(() -> FrameworkValidation.checkWhitelist(info, settings.roles()))
        .or(() -> FrameworkValidation.checkUser(info, settings.rootSubmissions()));
  }

  /** What is wrong with the wishes that come with an info. */
  static Optional<String> ofWishes(
      FrameworkInfo info,
      List<String> suppressed,
      OfferConstraints constraints,
      CoreSettings settings) {
    return FrameworkValidation.checkSuppressed(info, suppressed)
        .or(() -> FrameworkValidation.checkConstraintRoles(info, constraints))
        .or(() -> compile(constraints, settings));
  }

  /** The roles that rules keep the caller from, in the reference's words. */
  static Optional<String> ofRoles(FrameworkInfo info, Rights rights) {
    var permit = rights.on(Action.REGISTER_FRAMEWORK);
    var roles = FrameworkValidation.roles(info);
    if (roles.stream().allMatch(permit::allows)) {
      return Optional.empty();
    }
    return Optional.of(
        "Not authorized to register framework %s with roles { %s }"
            .formatted(
                info.getId().getValue(), String.join(", ", roles.stream().sorted().toList())));
  }

  private static Optional<String> compile(OfferConstraints constraints, CoreSettings settings) {
    return switch (CompiledConstraints.compile(constraints, settings.constraints())) {
      case CompiledConstraints.Compiled _ -> Optional.empty();
      case CompiledConstraints.Refused(var text) ->
          Optional.of("Offer constraints are not valid: " + text);
    };
  }
}
