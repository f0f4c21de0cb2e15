package io.proffer.api.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.proffer.api.acl.Action;
import io.proffer.api.endpoint.Access;
import io.proffer.api.endpoint.AgentEndpoints;
import io.proffer.api.endpoint.Endpoint;
import io.proffer.api.endpoint.MasterEndpoints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/security.md} tells each rule that is honoured, and each endpoint in its realm. */
class SecurityDocumentTest {
  private static final Path DOCUMENT =
      Path.of(System.getProperty("project.root", ".."), "docs", "security.md");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  @Test
  void eachRuleThatIsHonouredIsToldOnceAndNoOther() {
    var honoured =
        Arrays.stream(Action.values()).filter(action -> action.later().isEmpty()).toList();
    var told = new ArrayList<String>();
    for (var row : table("### Actions")) {
      var keys = codes(row.getFirst());
      told.addAll(keys);
      for (var action : honoured) {
        if (keys.contains(action.key())) {
          assertEquals(List.of(action.object()), codes(row.get(1)), action.key());
        }
      }
    }
    var expected = new ArrayList<>(honoured.stream().map(Action::key).sorted().toList());
    assertEquals(expected, told.stream().sorted().toList());
  }

  static Stream<Arguments> endpoints() {
    return Stream.concat(
        MasterEndpoints.all().stream().map(endpoint -> Arguments.of("master", endpoint)),
        AgentEndpoints.all().stream().map(endpoint -> Arguments.of("agent", endpoint)));
  }

  @ParameterizedTest
  @MethodSource("endpoints")
  void eachEndpointIsToldInItsRealmAndInNoOther(String service, Endpoint endpoint) {
    var realms = new TreeSet<String>();
    for (var row : table("## Realms")) {
      var realm = row.getFirst().replace("`", "");
      if ((realm.equals("none") || realm.startsWith("mesos-" + service))
          && codes(row.get(1)).stream().anyMatch(code -> means(code, endpoint.path()))) {
        realms.add(realm);
      }
    }
    var own = endpoint.access() == Access.OPEN ? "none" : endpoint.access().realm(service);
    assertEquals(new TreeSet<>(List.of(own)), realms, () -> service + " " + endpoint.path());
  }

  /** A path, perhaps behind its method, or with a star for all below it. */
  private static boolean means(String code, String path) {
    var told = code.substring(code.indexOf(' ') + 1);
    return told.endsWith("/*")
        ? path.startsWith(told.substring(0, told.length() - 1))
        : told.equals(path);
  }

  /** The cells of the first table below a heading, without the head. */
  private static List<List<String>> table(String heading) {
    var rows = new ArrayList<List<String>>();
    var below = false;
    for (var line : lines()) {
      if (line.equals(heading)) {
        below = true;
      } else if (below && line.startsWith("|")) {
        rows.add(Arrays.stream(line.substring(1).split("\\|", -1)).map(String::strip).toList());
      } else if (!rows.isEmpty()) {
        break;
      }
    }
    assertFalse(rows.isEmpty(), "no table below " + heading);
    return rows.subList(2, rows.size());
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(DOCUMENT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> codes(String cell) {
    return CODE.matcher(cell).results().map(found -> found.group(1)).toList();
  }
}
