package io.proffer.master.registry;

import io.proffer.api.id.FrameworkId;
import io.proffer.api.internal.RegisteredFramework;
import io.proffer.api.resource.Resources;
import io.proffer.master.core.fact.Capabilities;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.FrameworkLink;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Frameworks as records. */
final class FrameworkRecords {
  private FrameworkRecords() {}

  static RegisteredFramework of(Framework framework) {
    var record =
        RegisteredFramework.newBuilder()
            .setFormatVersion(Registry.FORMAT)
            .setInfo(framework.info())
            .addAllSuppressedRoles(framework.suppressed())
            .setOfferConstraints(framework.constraints())
            .setRegisteredNanos(Instants.nanos(framework.registered()));
    framework.reregistered().ifPresent(at -> record.setReregisteredNanos(Instants.nanos(at)));
    return record.build();
  }

  /** The row of a framework that stands so with the master now. */
  @SuppressWarnings("deprecation") // frameworks without MULTI_ROLE have no other field
  static Framework row(RegisteredFramework record, FrameworkLink link) {
    var info = record.getInfo();
    var capabilities = Capabilities.of(info);
    return new Framework(
        FrameworkId.of(info.getId()),
        info,
        capabilities,
        capabilities.multiRole()
            ? List.copyOf(new LinkedHashSet<>(info.getRolesList()))
            : List.of(info.getRole()),
        record.getSuppressedRolesList(),
        record.getOfferConstraints(),
        link,
        Instants.of(record.getRegisteredNanos()),
        record.hasReregisteredNanos()
            ? Optional.of(Instants.of(record.getReregisteredNanos()))
            : Optional.empty(),
        Resources.empty(),
        Resources.empty());
  }
}
