package io.proffer.agent;

import io.proffer.agent.executor.ExecutorCallTarget;
import io.proffer.agent.http.RecordsRequestTarget;
import io.proffer.agent.masterlink.MasterRecordTarget;
import io.proffer.api.fuzz.FuzzTarget;
import io.proffer.api.fuzz.Replay;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The seeds of all fuzz targets of this module, without Jazzer. */
class FuzzSeedsTest {
  static Stream<FuzzTarget> targets() {
    return Stream.of(
        new ExecutorCallTarget(), new MasterRecordTarget(), new RecordsRequestTarget());
  }

  @ParameterizedTest
  @MethodSource("targets")
  void whatMustHoldHoldsOfItsSeeds(FuzzTarget target) {
    Replay.all(target);
  }
}
