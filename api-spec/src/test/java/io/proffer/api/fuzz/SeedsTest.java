package io.proffer.api.fuzz;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The seeds of all targets of this module, without Jazzer. */
class SeedsTest {
  static Stream<FuzzTarget> targets() throws IOException {
    return Stream.of(
        new CallsTarget(),
        new RecordsTarget(),
        new FlagTextsTarget(),
        new CredentialsTarget(),
        new TokenTarget(),
        new ListsTarget(),
        FuzzTarget.named("io.proffer.api.acl.AclDocumentTarget"),
        FuzzTarget.named("io.proffer.api.files.FilesQueryTarget"),
        FuzzTarget.named("io.proffer.api.zookeeper.LeaderNodesTarget"),
        FuzzTarget.named("io.proffer.api.zookeeper.ZooKeeperUrlTarget"),
        FuzzTarget.named("io.proffer.api.tls.PemTarget"),
        FuzzTarget.named("io.proffer.api.http.RequestPartsTarget"),
        FuzzTarget.named("io.proffer.api.http.PackedBodyTarget"),
        FuzzTarget.named("io.proffer.api.http.JsonpTarget"),
        FuzzTarget.named("io.proffer.api.http.EntityTagTarget"),
        FuzzTarget.named("io.proffer.api.http.AcceptEncodingTarget"));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void whatMustHoldHoldsOfItsSeeds(FuzzTarget target) {
    Replay.all(target);
  }
}
