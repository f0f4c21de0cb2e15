package io.proffer.api.parity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Descriptors.FileDescriptor;
import io.proffer.api.json.WireMessages;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Our definitions of the public API against those in the last published Java artifact of Apache
 * Mesos, which clients are compiled with. Its generated code is old; only its descriptors are used.
 */
@Timeout(60)
class ParityTest {
  private static final String EXCEPTIONS = "/parity-exceptions.txt";
  private static final List<String> PACKAGES =
      List.of(
          "",
          ".agent",
          ".allocator",
          ".executor",
          ".maintenance",
          ".master",
          ".quota",
          ".resource_provider",
          ".scheduler");

  /** Messages of the nine packages, nested ones included, those of map entries not. */
  private static final int MESSAGES = 349;

  private static Definitions ours;
  private static Definitions theirs;

  @BeforeAll
  static void readBoth() throws ReflectiveOperationException {
    Set<FileDescriptor> ourFiles = new LinkedHashSet<>();
    WireMessages.all().stream()
        .map(message -> message.getDescriptorForType().getFile())
        .filter(file -> file.getPackage().startsWith("proffer.v1"))
        .forEach(ourFiles::add);
    ours = Definitions.of("proffer.v1", ourFiles);
    List<FileDescriptor> theirFiles = new ArrayList<>();
    for (String name : PACKAGES) {
      Class<?> outer = Class.forName("org.apache.mesos.v1" + name + ".Protos");
      theirFiles.add((FileDescriptor) outer.getMethod("getDescriptor").invoke(null));
    }
    theirs = Definitions.of("mesos.v1", theirFiles);
  }

  @Test
  void whatTheyHaveAndWeHaveNotIsNamedWithAReason() throws IOException {
    assertSame(lines("- "), only(theirs, ours));
  }

  @Test
  void whatWeHaveAndTheyHaveNotIsNamedWithAReason() throws IOException {
    assertSame(lines("+ "), only(ours, theirs));
  }

  @Test
  void allMessagesOfTheApiAreCompared() {
    SortedSet<String> both = new TreeSet<>(theirs.messages());
    both.retainAll(ours.messages());
    assertEquals(theirs.messages(), both);
    assertEquals(MESSAGES, both.size());
  }

  /** JSON prints fields in this order. */
  @Test
  void fieldsStandInTheSameOrder() {
    Map<String, List<String>> known = new TreeMap<>(ours.fieldOrder());
    known.replaceAll(
        (message, fields) -> {
          List<String> wanted = theirs.fieldOrder().getOrDefault(message, List.of());
          return fields.stream().filter(wanted::contains).toList();
        });
    known.keySet().retainAll(theirs.fieldOrder().keySet());
    assertEquals(theirs.fieldOrder(), known);
  }

  private static SortedSet<String> only(Definitions here, Definitions there) {
    SortedSet<String> lines = new TreeSet<>(here.lines());
    lines.removeAll(there.lines());
    return lines;
  }

  /** Shows what differs alone: the lists themselves are long. */
  private static void assertSame(SortedSet<String> excused, SortedSet<String> found) {
    SortedSet<String> unexcused = new TreeSet<>(found);
    unexcused.removeAll(excused);
    SortedSet<String> outdated = new TreeSet<>(excused);
    outdated.removeAll(found);
    assertEquals("", String.join("\n", unexcused), "without a line in the exceptions");
    assertEquals("", String.join("\n", outdated), "lines that no longer apply");
  }

  /** The exceptions of one side; the reason of each is the comment above its group. */
  private static SortedSet<String> lines(String sign) throws IOException {
    SortedSet<String> lines = new TreeSet<>();
    boolean reason = false;
    for (String line : exceptions().lines().toList()) {
      if (line.isBlank()) {
        reason = false;
      } else if (line.startsWith("#")) {
        reason = true;
      } else {
        assertTrue(line.startsWith("+ ") || line.startsWith("- "), "no sign: " + line);
        assertTrue(reason, "no reason above: " + line);
        if (line.startsWith(sign)) {
          assertTrue(lines.add(line.substring(sign.length())), "twice: " + line);
        }
      }
    }
    return lines;
  }

  private static String exceptions() throws IOException {
    try (InputStream file = ParityTest.class.getResourceAsStream(EXCEPTIONS)) {
      return new String(file.readAllBytes(), UTF_8);
    }
  }
}
