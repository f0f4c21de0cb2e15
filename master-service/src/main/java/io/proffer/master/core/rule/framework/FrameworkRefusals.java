package io.proffer.master.core.rule.framework;

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
      FrameworkInfo info, List<String> suppressed, OfferConstraints constraints) {
    return FrameworkValidation.checkSuppressed(info, suppressed)
        .or(() -> FrameworkValidation.checkConstraintRoles(info, constraints))
        .or(() -> compile(constraints));
  }

  private static Optional<String> compile(OfferConstraints constraints) {
    return switch (CompiledConstraints.compile(constraints)) {
      case CompiledConstraints.Compiled _ -> Optional.empty();
      case CompiledConstraints.Refused(var text) ->
          Optional.of("Offer constraints are not valid: " + text);
    };
  }
}
