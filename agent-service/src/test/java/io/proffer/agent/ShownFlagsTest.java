package io.proffer.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.flags.Flags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Model.CommandSpec;

/** What {@code /flags} and GET_FLAGS tell of how an agent was started. */
final class ShownFlagsTest {
  @TempDir Path directory;

  private Map<String, String> shown(Map<String, String> given) {
    var flags = new TreeMap<>(given);
    flags.putIfAbsent("master", "127.0.0.1:5050");
    flags.put("work_dir", directory.resolve("work").toString());
    return Startup.of(Flags.fill(new AgentConfig(), flags)).flags();
  }

  /** As the reference's agent words its own defaults. */
  @ParameterizedTest
  @CsvSource({
    "default_role, *",
    "disk_watch_interval, 1mins",
    "executor_registration_timeout, 1mins",
    "executor_reregistration_timeout, 2secs",
    "executor_shutdown_grace_period, 5secs",
    "gc_delay, 1weeks",
    "gc_disk_headroom, 0.1",
    "hostname_lookup, true",
    "http_executor_domain_sockets, false",
    "max_completed_executors_per_framework, 150",
    "reconfiguration_policy, equal",
    "recover, reconnect",
    "recovery_timeout, 15mins",
    "registration_backoff_factor, 1secs",
    "zk_session_timeout, 10secs"
  })
  void defaultsAreToldInTheReferencesWords(String name, String value) {
    assertEquals(value, shown(Map.of()).get(name));
  }

  @Test
  void eachOptionThatHasAValueIsTold() {
    var shown = shown(Map.of("gc_delay", "90secs", "max_request_size", "2MB"));
    assertEquals("90secs", shown.get("gc_delay"));
    assertEquals("2MB", shown.get("max_request_size"));
    assertFalse(shown.containsKey("resources"), "nobody gave any");
    for (var option : CommandSpec.forAnnotatedObject(new AgentConfig()).options()) {
      var name = option.names()[0].substring(2);
      assertTrue(
          option.defaultValue() == null
              || name.equals("executor_environment_variables")
              || shown.containsKey(name),
          name);
    }
  }

  @Test
  void secretsAreNotToldOnlyTheirFilesAre() throws IOException {
    var file = Files.writeString(directory.resolve("file"), "me hush");
    var shown =
        shown(
            Map.of(
                "master", "zk://me:hush@127.0.0.1:2181/proffer",
                "otlp_endpoint", "http://me:hush@127.0.0.1:4318",
                "credential", file.toString(),
                "jwt_secret_key", file.toString(),
                "executor_environment_variables", "{\"TOKEN\": \"hush\"}"));
    assertFalse(shown.toString().contains("hush"), shown::toString);
    assertEquals("http://127.0.0.1:4318", shown.get("otlp_endpoint"));
    assertEquals(file.toString(), shown.get("credential"));
    assertEquals(file.toString(), shown.get("jwt_secret_key"));
  }
}
