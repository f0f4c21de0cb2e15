package io.proffer.api.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Message;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** All message types of the wire contract, filled by seeded chance. */
@Timeout(60)
class EveryMessageTest {
  private static final int SEEDS = 5;

  @Test
  void everyMessageComesBackFromJsonAsItWas() throws JsonFormatException {
    List<Message> all = WireMessages.all();
    for (Message prototype : all) {
      for (int seed = 0; seed < SEEDS; seed++) {
        Message message = RandomMessages.of(prototype, seed);
        byte[] json = JsonCodec.encode(message);
        assertEquals(message, JsonCodec.decode(json, prototype), () -> new String(json, UTF_8));
      }
    }
    assertTrue(all.size() > 300, "only " + all.size() + " message types found");
  }
}
