package io.proffer.master;

import io.proffer.api.fuzz.FuzzTarget;
import io.proffer.api.fuzz.Replay;
import io.proffer.master.agentlink.AgentRecordTarget;
import io.proffer.master.http.OperatorRequestsTarget;
import io.proffer.master.http.ReadQueryTarget;
import io.proffer.master.http.SchedulerCallTarget;
import io.proffer.master.http.TeardownFormTarget;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The seeds of all fuzz targets of this module, without Jazzer. */
class FuzzSeedsTest {
  static Stream<FuzzTarget> targets() {
    return Stream.of(
        new SchedulerCallTarget(),
        new AgentRecordTarget(),
        new ReadQueryTarget(),
        new LastEventIdTarget(),
        new TeardownFormTarget(),
        new OperatorRequestsTarget(),
        FuzzTarget.named("io.proffer.master.roster.CardTarget"));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void whatMustHoldHoldsOfItsSeeds(FuzzTarget target) {
    Replay.all(target);
  }
}
