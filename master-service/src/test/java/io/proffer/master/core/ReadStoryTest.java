package io.proffer.master.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import io.proffer.api.v1.master.Response;
import io.proffer.master.core.allocator.AllocatorSettings;
import io.proffer.master.core.allocator.DrfAllocator;
import io.proffer.master.core.fact.Snapshot;
import io.proffer.master.http.Reading;
import io.proffer.master.http.piece.Edition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is kept for readers, they read what the tables hold. */
@Timeout(120)
class ReadStoryTest {
  private static final int COMMANDS = 600;
  private static final JsonFactory JSON = new JsonFactory();

  @ParameterizedTest
  @CsvSource({"1, 1000000000", "2, 1000000000", "3, 20000", "4, 20000", "5, 1"})
  void documentsAreThoseThatWouldBeMadeAnew(long seed, long bytes) throws IOException {
    var given =
        new Given(
            RandomStory.settings(3), Optional.of(new DrfAllocator(AllocatorSettings.defaults())));
    var story = new RandomStory(seed);
    var kept = new Reading(bytes);
    var last = given.snapshot();
    for (var i = 0; i < COMMANDS; i++) {
      var nanos = story.nanos();
      given.pass(nanos);
      kept.pass(Duration.ofNanos(nanos));
      given.when(story.next(given.snapshot()));
      var snapshot = given.snapshot();
      if (i % 7 == 0) {
        check(kept, snapshot);
      }
      if (i % 50 == 0) {
        // A reader who is late with what it was given: of plain documents it gets newer ones.
        checkMessages(kept, last);
        last = snapshot;
      }
    }
    assertTrue(kept.fragments().heldBytes() <= bytes + 10_000);
    kept.pass(Duration.ofDays(1));
    kept.rest();
    assertEquals(0, kept.fragments().heldBytes());
  }

  private static void check(Reading kept, Snapshot snapshot) throws IOException {
    var anew = new Reading(0);
    var expected = anew.editions(snapshot);
    for (var document : kept.editions(snapshot).entrySet()) {
      var plain = plain(expected.get(document.getKey()));
      readToItsEnd(plain);
      assertArrayEquals(plain, plain(document.getValue()), document.getKey());
      assertArrayEquals(plain, unpacked(document.getValue()), document.getKey());
    }
    checkMessages(kept, snapshot);
    var messages = anew.v1(snapshot);
    for (var message : kept.v1Editions(snapshot).entrySet()) {
      var bytes = messages.get(message.getKey());
      assertArrayEquals(bytes, plain(message.getValue()), message.getKey());
      assertArrayEquals(bytes, unpacked(message.getValue()), message.getKey());
    }
  }

  private static void checkMessages(Reading kept, Snapshot snapshot) throws IOException {
    var messages = new Reading(0).v1(snapshot);
    for (var message : kept.v1(snapshot).entrySet()) {
      assertArrayEquals(messages.get(message.getKey()), message.getValue(), message.getKey());
    }
    var state = Response.parseFrom(messages.get("GET_STATE PROTOBUF")).getGetState();
    assertEquals(snapshot.tasks().size(), state.getGetTasks().getTasksCount());
    assertEquals(snapshot.agents().size(), state.getGetAgents().getAgentsCount());
  }

  private static void readToItsEnd(byte[] json) throws IOException {
    try (var parser = JSON.createParser(json)) {
      parser.nextToken();
      parser.skipChildren();
      assertNull(parser.nextToken());
    }
  }

  private static byte[] plain(Edition edition) throws IOException {
    var out = new ByteArrayOutputStream();
    edition.writeTo(out);
    return out.toByteArray();
  }

  private static byte[] unpacked(Edition edition) throws IOException {
    var out = new ByteArrayOutputStream();
    edition.writePacked(out);
    try (var in = new GZIPInputStream(new ByteArrayInputStream(out.toByteArray()))) {
      return in.readAllBytes();
    }
  }
}
