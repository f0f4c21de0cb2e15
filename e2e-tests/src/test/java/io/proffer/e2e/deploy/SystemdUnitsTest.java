package io.proffer.e2e.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class SystemdUnitsTest {
  private static final String INSTALLED = "/opt/proffer/bin/proffer";

  /** What tasks would inherit and many could not live with, or would lose at a restart. */
  private static final List<String> HARM_TASKS =
      List.of(
          "NoNewPrivileges",
          "ProtectSystem",
          "ProtectHome",
          "ProtectControlGroups",
          "ProtectClock",
          "PrivateTmp",
          "PrivateDevices",
          "PrivateUsers",
          "RestrictNamespaces",
          "RestrictSUIDSGID",
          "SystemCallFilter",
          "SystemCallArchitectures",
          "MemoryDenyWriteExecute",
          "OOMScoreAdjust",
          "RuntimeDirectory",
          "User",
          "DynamicUser");

  @TempDir Path directory;

  private static Unit unit(String service) {
    return Unit.of(Deployment.text("systemd/proffer-" + service + ".service"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"master", "agent"})
  void aServiceThatEndsIsStartedAgainForEver(String service) {
    var unit = unit(service);
    assertEquals("always", unit.value("Restart"));
    assertEquals("0", unit.value("StartLimitIntervalSec"));
    assertEquals("143", unit.value("SuccessExitStatus"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"master", "agent"})
  void aServiceRunsWhatIsInstalledWithTheFlagsOfItsFile(String service) {
    var unit = unit(service);
    assertEquals(INSTALLED + " " + service, unit.value("ExecStart"));
    assertEquals("/etc/proffer/" + service + ".env", unit.value("EnvironmentFile"));
    assertTrue(Files.exists(Deployment.file("systemd/" + service + ".env")));
    assertEquals(
        "PROFFER_WORK_DIR=/var/lib/" + unit.value("StateDirectory"), unit.value("Environment"));
  }

  @Test
  void tasksOutliveTheirAgent() {
    var agent = unit("agent");
    assertEquals("process", agent.value("KillMode"));
    assertEquals("yes", agent.value("Delegate"));
    assertEquals("continue", agent.value("OOMPolicy"));
    assertEquals("infinity", agent.value("TasksMax"));
  }

  @Test
  void anAgentThatWasToldToEndItsTasksStaysAway() {
    assertEquals("0", unit("agent").value("RestartPreventExitStatus"));
  }

  @Test
  void tasksInheritNoHardening() {
    var harm = new TreeSet<>(HARM_TASKS);
    harm.retainAll(unit("agent").keys().keySet());
    assertEquals(List.of(), List.copyOf(harm));
    var kept = unit("agent").value("CapabilityBoundingSet");
    assertTrue(kept.startsWith("~"), "a list of what is taken away, not of what is left: " + kept);
    for (var needed : List.of("CAP_SETUID", "CAP_KILL", "CAP_CHOWN", "CAP_SYS_ADMIN", "CAP_NET")) {
      assertFalse(kept.contains(needed), kept);
    }
  }

  @Test
  void aMasterNeedsNoPowers() {
    var master = unit("master");
    assertEquals("proffer", master.value("User"));
    assertEquals("yes", master.value("NoNewPrivileges"));
    assertEquals("strict", master.value("ProtectSystem"));
    assertEquals(List.of(""), master.keys().get("CapabilityBoundingSet"));
    assertFalse(master.keys().containsKey("MemoryDenyWriteExecute"), "a JVM writes its code");
  }

  /** What systemd itself would say when it reads them. */
  @ParameterizedTest
  @ValueSource(strings = {"master", "agent"})
  void systemdFindsNothingWrong(String service) throws Exception {
    var analyze = Program.needed("systemd-analyze", "the units are not verified");
    assertEquals("", verify(analyze, service, ""));
    var wrong = verify(analyze, service, "\n[Service]\nKillMood=process\n");
    assertTrue(wrong.contains("KillMood"), "it looks at keys: " + wrong);
  }

  private String verify(String analyze, String service, String more) throws Exception {
    var name = "proffer-" + service + ".service";
    // Nothing is installed here; any program will do where one must be.
    var text = Deployment.text("systemd/" + name).replace(INSTALLED, "/bin/true") + more;
    var copy = directory.resolve(name);
    Files.writeString(copy, text);
    var outcome = Program.run(directory, analyze, "verify", "--man=no", copy.toString());
    return outcome.output() + (outcome.status() == 0 ? "" : "status " + outcome.status());
  }
}
