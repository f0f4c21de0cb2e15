package io.proffer.e2e.simulation;

import io.proffer.api.v1.FrameworkID;
import io.proffer.api.v1.master.Call;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * An operator who ends frameworks that came back after they had left. A SUBSCRIBE that was long
 * under way, or an agent that was away, may reach a master that does not remember the TEARDOWN
 * which another one took, or it itself before it ended, and then nobody is there to acknowledge
 * what such a framework is told.
 */
final class SimFarewells {
  private static final String HOST = "farewells";
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final SimProcess process;
  private final SimCaller caller;
  private final Predicate<String> back;
  private final List<SimFramework> frameworks;

  /**
   * @param back whether a framework may have come back, as far as anybody knows
   */
  SimFarewells(SimNetwork network, Predicate<String> back, List<SimFramework> frameworks) {
    var world = network.world();
    this.process = new SimProcess(world, HOST);
    this.caller = new SimCaller(network, process, world.chance(HOST));
    this.back = back;
    this.frameworks = frameworks;
  }

  /** Again and again, until it is so. */
  void start() {
    process.every(
        PAUSE,
        () ->
            frameworks.stream()
                .filter(SimFramework::left)
                .map(SimFramework::id)
                .filter(back)
                .forEach(this::tearDown));
  }

  private void tearDown(String framework) {
    var call = Call.newBuilder().setType(Call.Type.TEARDOWN);
    call.getTeardownBuilder().setFrameworkId(FrameworkID.newBuilder().setValue(framework));
    caller.call(
        call.build(),
        (status, body) -> {
          switch (status) {
            // 400: it has not come back, or to a master that leads no longer.
            case 200, 307, 400, 503 -> {}
            default ->
                throw process.world().broken("TEARDOWN of %s got %d".formatted(framework, status));
          }
        });
  }
}
