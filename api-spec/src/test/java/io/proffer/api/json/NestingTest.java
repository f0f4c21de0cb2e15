package io.proffer.api.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.v1.ContainerID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Depth costs stack, so it is bounded in both directions, and says so. */
@Timeout(30)
class NestingTest {
  private static final int DEEP = 10_000;

  private static ContainerID message(int levels) {
    ContainerID id = ContainerID.newBuilder().setValue("c").build();
    for (int i = 1; i < levels; i++) {
      id = ContainerID.newBuilder().setValue("c").setParent(id).build();
    }
    return id;
  }

  private static String json(int levels) {
    return "{\"value\":\"c\",\"parent\":".repeat(levels - 1)
        + "{\"value\":\"c\"}"
        + "}".repeat(levels - 1);
  }

  private static ContainerID read(String json) throws JsonFormatException {
    return JsonCodec.decode(json.getBytes(UTF_8), ContainerID.getDefaultInstance());
  }

  private static String refusal(String json) {
    return assertThrows(JsonFormatException.class, () -> read(json)).sentence("Call");
  }

  @Test
  void messagesAreReadDownToTheDepthProtobufTakes() throws JsonFormatException {
    assertEquals(message(MessageTable.MAX_READ_DEPTH), read(json(MessageTable.MAX_READ_DEPTH)));
    assertEquals(
        "Failed to convert JSON into Call protobuf: Expecting messages nested at most 100 levels"
            + " deep",
        refusal(json(MessageTable.MAX_READ_DEPTH + 1)));
  }

  @Test
  void whatCanBeReadCanBeWrittenInsideOfAnswers() {
    int levels = MessageTable.MAX_WRITE_DEPTH;
    assertEquals(json(levels), new String(JsonCodec.encode(message(levels)), UTF_8));
  }

  @Test
  void tenThousandLevelsAreRefusedInBothDirections() {
    assertEquals(
        "Failed to parse body into JSON: expecting objects and arrays nested at most 1000 levels"
            + " deep, received more: send the inner ones flat, or as a string",
        refusal(json(DEEP)));
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> JsonCodec.encode(message(DEEP)))
            .getMessage()
            .startsWith("Message nested deeper than 400 levels"));
  }

  @Test
  void tenThousandLevelsThatNeverCloseAreRefused() {
    assertTrue(refusal("{\"value\":\"c\",\"parent\":".repeat(DEEP)).startsWith("Failed to "));
    assertTrue(refusal("[".repeat(DEEP)).startsWith("Failed to "));
  }
}
