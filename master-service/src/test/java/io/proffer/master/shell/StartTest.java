package io.proffer.master.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.flags.WrongFlagException;
import io.proffer.api.v1.scheduler.Event;
import io.proffer.master.MasterAssembly;
import io.proffer.master.StartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Starting, starting again, and what keeps a master from starting. */
@Timeout(60)
class StartTest {
  @TempDir private Path directory;

  @Test
  void agentsAndFrameworksAreKnownAfterAStartOnTheSameDirectory() throws Exception {
    var flags = Map.of("work_dir", directory.toString());
    String framework;
    String agent;
    long epoch;
    try (var master = RunningMaster.start(flags);
        var registered = ScriptedAgent.register(master, ScriptedAgent.subscription());
        var scheduler = ScriptedScheduler.subscribe(master, ScriptedScheduler.info().build())) {
      agent = registered.id().getValue();
      epoch = registered.epoch();
      framework = scheduler.id().getValue();
    }
    try (var master = RunningMaster.start(flags)) {
      var state = master.get("/state").body();

      assertTrue(state.contains("\"recovered_slaves\":[{\"id\":\"" + agent + "\""), state);
      assertTrue(state.contains("\"frameworks\":[{\"id\":\"" + framework + "\""), state);
      assertTrue(state.contains("\"recovered\":true"), state);
      returnsWithItsId(master, agent, epoch);
      returnsWithItsId(master, framework);
    }
  }

  @Test
  void weightsAndQuotasAreThereAfterAStartOnTheSameDirectory() throws Exception {
    var flags = Map.of("work_dir", directory.toString(), "weights", "web=2.5, batch=0.5");
    try (var master = RunningMaster.start(flags)) {
      assertEquals(
          "[{\"role\":\"batch\",\"weight\":0.5},{\"role\":\"web\",\"weight\":2.5}]",
          master.get("/weights").body());
      assertEquals(
          "",
          master.operator(
              "{\"type\":\"UPDATE_QUOTA\",\"update_quota\":{\"quota_configs\":"
                  + "[{\"role\":\"q\",\"limits\":{\"cpus\":{\"value\":2}}}]}}"));
      assertEquals(
          "",
          master.operator(
              "{\"type\":\"UPDATE_WEIGHTS\",\"update_weights\":{\"weight_infos\":"
                  + "[{\"role\":\"web\",\"weight\":3}]}}"));
    }
    // The flag is for a registry without weights.
    try (var master = RunningMaster.start(flags)) {
      assertEquals(
          "[{\"role\":\"batch\",\"weight\":0.5},{\"role\":\"web\",\"weight\":3.0}]",
          master.get("/weights").body());
      assertEquals(
          "{\"infos\":[{\"role\":\"q\"}],\"configs\":[{\"role\":\"q\","
              + "\"limits\":{\"cpus\":{\"value\":2.0}}}]}",
          master.get("/quota").body());
    }
  }

  @Test
  void aMasterWhoseAgentsDoNotComeBackStopsWhereTheLimitSaysSo() throws Exception {
    var directoryFlag = Map.of("work_dir", directory.toString());
    try (var master = RunningMaster.start(directoryFlag);
        var registered = ScriptedAgent.register(master, ScriptedAgent.subscription())) {
      assertTrue(registered.epoch() > 0);
    }
    var flags =
        Map.of(
            "work_dir",
            directory.toString(),
            "agent_reregister_timeout",
            "1secs",
            "recovery_agent_removal_limit",
            "99.5%");
    try (var master = RunningMaster.start(flags)) {
      var stopped = master.assembly().stopped().toCompletableFuture();
      var failure = assertThrows(ExecutionException.class, () -> stopped.get(20, TimeUnit.SECONDS));
      assertTrue(
          failure.getCause().getMessage().startsWith("1 of 1 agents that the registry knows"),
          failure.getCause().getMessage());
    }
    // It gave nobody up.
    try (var master = RunningMaster.start(directoryFlag)) {
      assertTrue(master.get("/state").body().contains("\"recovered_slaves\":[{\"id\""));
    }
  }

  private static void returnsWithItsId(RunningMaster master, String agent, long epoch)
      throws Exception {
    var subscription = ScriptedAgent.subscription().setLastEpoch(epoch);
    subscription.getAgentInfoBuilder().getIdBuilder().setValue(agent);
    try (var returned = ScriptedAgent.register(master, subscription)) {
      assertEquals(agent, returned.id().getValue());
      assertTrue(returned.epoch() > epoch);
    }
  }

  private static void returnsWithItsId(RunningMaster master, String framework) throws Exception {
    var info = ScriptedScheduler.info();
    info.getIdBuilder().setValue(framework);
    try (var returned = ScriptedScheduler.subscribe(master, info.build())) {
      assertEquals(framework, returned.id().getValue());
      assertEquals(Event.Type.HEARTBEAT, returned.next().getType());
    }
  }

  @Test
  void theEndOfAMasterIsNotTheEndOfItsFrameworks() throws Exception {
    var flags = Map.of("work_dir", directory.toString());
    var master = RunningMaster.start(flags);
    var info = ScriptedScheduler.info().setFailoverTimeout(0).build();
    try (var scheduler = ScriptedScheduler.subscribe(master, info)) {
      master.close();

      assertEquals(Event.Type.HEARTBEAT, scheduler.next().getType());
      assertNull(scheduler.next());
      try (var again = RunningMaster.start(flags)) {
        assertTrue(again.get("/state").body().contains(scheduler.id().getValue()));
      }
    }
  }

  @Test
  void aPortInUseIsToldWithWhatToDo() {
    try (var first = RunningMaster.start()) {
      var flags = Map.of("registry", "in_memory", "port", Integer.toString(first.port()));

      assertTells(flags, "Is another master running there? Choose another --port");
    }
  }

  @Test
  void aDirectoryInUseIsToldWithWhatToDo() {
    var flags = Map.of("work_dir", directory.toString());
    try (var first = RunningMaster.start(flags)) {
      assertTrue(first.port() > 0);
      assertTells(flags, "in use");
    }
  }

  @Test
  void aRegistryNeedsADirectory() {
    assertRefuses("--work_dir", Map.of(), "give one, or --registry=in_memory");
  }

  @Test
  void aDirectoryThatCannotBeMadeIsToldWithWhatToDo() throws Exception {
    var file = Files.createFile(directory.resolve("file"));

    assertTells(Map.of("work_dir", file + "/dir"), "use another work directory");
  }

  @Test
  void wrongValuesAreToldWithTheirFlag() {
    assertRefuses(
        "--min_allocatable_resources",
        Map.of("registry", "in_memory", "min_allocatable_resources", "many"),
        "but got 'many'");
    assertRefuses("--roles", Map.of("registry", "in_memory", "roles", "a,.."), "'..'");
    assertRefuses(
        "--ip",
        Map.of("registry", "in_memory", "ip", "not an address"),
        "but got 'not an address'");
  }

  private static void assertRefuses(String flag, Map<String, String> flags, String what) {
    var config = RunningMaster.config(flags);
    var refused =
        assertThrows(WrongFlagException.class, () -> MasterAssembly.start(config).close());

    assertEquals(flag, refused.flag());
    assertTrue(refused.getMessage().contains(what), refused.getMessage());
  }

  private static void assertTells(Map<String, String> flags, String what) {
    var config = RunningMaster.config(flags);
    var refused = assertThrows(StartException.class, () -> MasterAssembly.start(config).close());

    assertTrue(refused.getMessage().contains(what), refused.getMessage());
  }
}
