package io.proffer.master.shell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The long answers of POST /api/v1, read by many. */
@Timeout(60)
class V1ReadsTest {
  /** So much that it is kept packed, too. */
  private static final int LARGE = 100_000;

  /** Too little for what is read here. */
  private static final int TINY = 2_000;

  /** Frameworks are on no shelf, as other rows are: what is kept of them, is of the answer. */
  @ParameterizedTest
  @ValueSource(strings = {RunningMaster.JSON, RunningMaster.PROTOBUF})
  void anAnswerIsMadeOnceForAllWhoAsk(String type) throws Exception {
    var info = ScriptedScheduler.info();
    try (var master = RunningMaster.start();
        var large = ScriptedScheduler.subscribe(master, info.setName("x".repeat(LARGE)).build())) {
      var first = read(master, type, "", "identity").body();
      var held = heldBytes(master);
      assertTrue(text(first).contains(large.id().getValue()));
      assertTrue(held > LARGE, held + " bytes are kept");

      assertArrayEquals(first, read(master, type, "", "identity").body());
      assertEquals(held, heldBytes(master));
      var packed = read(master, type, "", "gzip");
      assertEquals("gzip", packed.headers().firstValue("Content-Encoding").orElseThrow());
      assertArrayEquals(first, unpacked(packed.body()));
      assertTrue(heldBytes(master) > held, "nothing is kept packed");

      try (var other = ScriptedScheduler.subscribe(master, info.setName("other").build())) {
        var both = text(read(master, type, "", "identity").body());
        assertTrue(both.contains(large.id().getValue()));
        assertTrue(both.contains(other.id().getValue()));
        var page = text(read(master, type, "?offset=1", "identity").body());
        assertFalse(page.contains(large.id().getValue()));
        assertTrue(page.contains(other.id().getValue()));
      }
    }
  }

  /** What does not fit is not kept, and nobody hears of that. */
  @ParameterizedTest
  @ValueSource(strings = {RunningMaster.JSON, RunningMaster.PROTOBUF})
  void aCacheWithoutRoomChangesNoAnswer(String type) throws Exception {
    var flags = Map.of("registry", "in_memory", "read_cache_bytes", TINY + "B");
    var info = ScriptedScheduler.info();
    try (var master = RunningMaster.start(flags);
        var large = ScriptedScheduler.subscribe(master, info.setName("x".repeat(LARGE)).build());
        var other = ScriptedScheduler.subscribe(master, info.setName("other").build())) {
      var first = read(master, type, "", "identity").body();
      assertTrue(text(first).contains(large.id().getValue()));
      assertTrue(text(first).contains(other.id().getValue()));
      for (var again = 0; again < 3; again++) {
        assertArrayEquals(first, read(master, type, "", "identity").body());
        assertArrayEquals(first, unpacked(read(master, type, "", "gzip").body()));
        assertTrue(heldBytes(master) <= TINY, heldBytes(master) + " bytes are kept");
        assertEquals(200, master.get("/state").statusCode());
        assertTrue(heldBytes(master) <= TINY, heldBytes(master) + " bytes are kept");
      }
    }
  }

  private static HttpResponse<byte[]> read(
      RunningMaster master, String type, String query, String encoding) throws Exception {
    return master.sendForBytes(
        master
            .request("/api/v1" + query)
            .header("Content-Type", RunningMaster.JSON)
            .header("Accept", type)
            .header("Accept-Encoding", encoding)
            .POST(BodyPublishers.ofString("{\"type\":\"GET_FRAMEWORKS\"}")));
  }

  private static byte[] unpacked(byte[] packed) throws Exception {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static double heldBytes(RunningMaster master) throws Exception {
    return master.figure("proffer_master_read_cache_bytes");
  }
}
