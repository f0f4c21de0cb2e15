package io.proffer.e2e.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.proffer.e2e.ServiceProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A variable that names no flag is ignored, so a typing error would go unnoticed until it hurts.
 */
@Timeout(60)
final class FlagNamesTest {
  private static final Pattern VARIABLE = Pattern.compile("\\bPROFFER_([A-Z0-9_]+)");
  private static final Pattern FLAG = Pattern.compile("--(?:\\[no-])?([a-z0-9_]+)");

  /** Read by the launcher, and by the compose file itself; and how comments call any flag. */
  private static final Set<String> NO_FLAGS = Set.of("java_options", "classpath", "image", "name");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"master", "agent"})
  void unitsNameFlagsThatThereAre(String service) {
    assertNamed(
        service,
        variables(Deployment.text("systemd/" + service + ".env")),
        variables(Deployment.text("systemd/proffer-" + service + ".service")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"master", "agent"})
  void theComposeFileNamesFlagsThatThereAre(String service) {
    var compose = Deployment.documents("compose/compose.yaml").getFirst();
    assertNamed(
        service,
        variables(compose.get("x-" + service + "-environment").toString()),
        variables(services(compose, service)));
  }

  private static String services(JsonNode compose, String service) {
    var text = new StringBuilder();
    compose
        .get("services")
        .properties()
        .forEach(
            entry -> {
              if (entry.getKey().startsWith(service)) {
                text.append(entry.getValue().get("environment"));
              }
            });
    return text.toString();
  }

  @Test
  void theManifestsNameFlagsThatThereAre() {
    assertNamed("master", variables(Deployment.text("kubernetes/masters.yaml")));
  }

  @SafeVarargs
  private void assertNamed(String service, Set<String>... used) {
    var known = flags(service);
    var unknown = new TreeSet<String>();
    for (var names : used) {
      assertFalse(names.isEmpty(), "nothing was looked at");
      unknown.addAll(names);
    }
    unknown.removeAll(known);
    unknown.removeAll(NO_FLAGS);
    assertEquals(
        List.of(), List.copyOf(unknown), "these are no flags of proffer " + service + " --help");
  }

  private static Set<String> variables(String text) {
    return lowered(text.lines(), VARIABLE);
  }

  private Set<String> flags(String service) {
    try (var help = ServiceProcess.start(directory.resolve(service), List.of(service, "--help"))) {
      assertEquals(0, help.awaitExit(Duration.ofSeconds(30)), help::output);
      var flags = lowered(help.output().lines(), FLAG);
      assertTrue(flags.contains("work_dir"), help::output);
      return flags;
    }
  }

  private static Set<String> lowered(Stream<String> lines, Pattern pattern) {
    var names = new TreeSet<String>();
    lines
        .flatMap(line -> pattern.matcher(line).results())
        .forEach(hit -> names.add(hit.group(1).toLowerCase(Locale.ROOT)));
    return names;
  }
}
