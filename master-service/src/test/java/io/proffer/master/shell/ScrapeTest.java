package io.proffer.master.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.v1.FrameworkID;
import io.proffer.api.v1.scheduler.Call;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever clients call themselves and do, no two rows of figures are the same. */
@Timeout(60)
class ScrapeTest {
  @Test
  void callsOfTheSameNameAndFrameworksCalledOtherDoNotCollide() throws Exception {
    try (var master =
        RunningMaster.start(Map.of("registry", "in_memory", "max_metrics_rows", "1"))) {
      try (var ended = ScriptedScheduler.subscribe(master, ScriptedScheduler.info().build())) {
        ended.call(Call.newBuilder().setType(Call.Type.TEARDOWN));
      }
      var other =
          ScriptedScheduler.info()
              .setName("other")
              .setId(FrameworkID.newBuilder().setValue("other"))
              .build();
      try (var first = ScriptedScheduler.subscribe(master, other);
          var second = ScriptedScheduler.subscribe(master, ScriptedScheduler.info().build())) {
        first.call(Call.newBuilder().setType(Call.Type.REVIVE));
        second.call(Call.newBuilder().setType(Call.Type.REVIVE));
        var call =
            "{\"type\":\"TEARDOWN\",\"teardown\":{\"framework_id\":{\"value\":\"%s\"}}}"
                .formatted(second.id().getValue());
        assertEquals("", master.operator(call));

        var scraped = master.get("/metrics/prometheus");

        assertEquals(200, scraped.statusCode(), scraped.body());
        assertTrue(scraped.body().contains("command=\"Teardown\""), scraped.body());
        assertTrue(scraped.body().contains("command=\"OperatorTeardown\""), scraped.body());
        assertEquals(200, master.get("/metrics/snapshot").statusCode());
      }
    }
  }
}
