package io.proffer.api.fuzz;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.proffer.api.json.JsonCodec;
import io.proffer.api.json.JsonFormatException;
import io.proffer.api.v1.RateLimits;
import io.proffer.api.v1.maintenance.Schedule;
import io.proffer.api.v1.quota.QuotaRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Messages in JSON and protobuf. The first byte says which message in which of both. What was
 * decoded can be encoded, and is the same when it is decoded again.
 */
public final class CallsTarget implements FuzzTarget {
  private static final List<Message> PROTOTYPES =
      List.of(
          io.proffer.api.v1.scheduler.Call.getDefaultInstance(),
          io.proffer.api.v1.scheduler.Event.getDefaultInstance(),
          io.proffer.api.v1.master.Call.getDefaultInstance(),
          io.proffer.api.v1.agent.Call.getDefaultInstance(),
          io.proffer.api.v1.executor.Call.getDefaultInstance(),
          RateLimits.getDefaultInstance(),
          Schedule.getDefaultInstance(),
          QuotaRequest.getDefaultInstance());

  private static final String[] JSON = {
    "{\"type\":\"ACCEPT\",\"framework_id\":{\"value\":\"f\"},\"accept\":{\"offer_ids\":[{\"value\":\"o\"}],"
        + "\"operations\":[{\"type\":\"LAUNCH\",\"launch\":{\"task_infos\":[{\"name\":\"t\",\"task_id\":{\"value\":\"t\"},"
        + "\"agent_id\":{\"value\":\"a\"},\"resources\":[{\"name\":\"cpus\",\"type\":\"SCALAR\",\"scalar\":{\"value\":0.1}}],"
        + "\"command\":{\"value\":\"true\"},\"labels\":{\"labels\":[{\"key\":\"k\"}]}}]}}],"
        + "\"filters\":{\"refuse_seconds\":1e-3}}}",
    "{\"type\":\"OFFERS\",\"offers\":{\"offers\":[{\"id\":{\"value\":\"o\"},\"framework_id\":{\"value\":\"f\"},"
        + "\"agent_id\":{\"value\":\"a\"},\"hostname\":\"h\"}]}}",
    "{\"type\":\"GET_METRICS\",\"get_metrics\":{\"timeout\":{\"nanoseconds\":\"1\"}}}",
    "{\"type\":\"KILL_CONTAINER\",\"kill_container\":{\"container_id\":{\"value\":\"c\",\"parent\":{\"value\":\"p\"}},\"signal\":9}}",
    "{\"type\":\"UPDATE\",\"executor_id\":{\"value\":\"e\"},\"framework_id\":{\"value\":\"f\"},\"update\":{\"status\":"
        + "{\"task_id\":{\"value\":\"t\"},\"state\":\"TASK_RUNNING\",\"uuid\":\"AAAAAAAAAAAAAAAAAAAAAA==\",\"data\":\"AA==\"}}}",
    "{\"limits\":[{\"principal\":\"p\",\"qps\":1e308,\"capacity\":18446744073709551615}]}",
    "{\"windows\":[{\"machine_ids\":[{\"hostname\":\"h\",\"ip\":\"10.0.0.1\"}],\"unavailability\":"
        + "{\"start\":{\"nanoseconds\":-1},\"duration\":{\"nanoseconds\":9223372036854775807}}}]}",
    "{\"force\":true,\"role\":\"r\",\"guarantee\":[{\"name\":\"cpus\",\"type\":\"SCALAR\",\"scalar\":{\"value\":4}}]}",
  };

  @Override
  public void take(byte[] input) throws InvalidProtocolBufferException {
    if (input.length == 0) {
      return;
    }
    var prototype = PROTOTYPES.get((input[0] & 0x7f) % PROTOTYPES.size());
    var body = Arrays.copyOfRange(input, 1, input.length);
    try {
      hold(
          input[0] < 0
              ? prototype.getParserForType().parseFrom(body)
              : JsonCodec.decode(body, prototype));
    } catch (InvalidProtocolBufferException broken) {
      // What the parser of protobuf says of anything that is none.
      FuzzTarget.check(input[0] < 0, "JSON was refused like protobuf");
    } catch (JsonFormatException broken) {
      FuzzTarget.check(input[0] >= 0, "protobuf was refused like JSON");
      FuzzTarget.check(!broken.sentence("Call").isBlank(), "a refusal without a sentence");
    }
  }

  /** Unset fields with a default are written, so that only the second time must be the same. */
  private static void hold(Message decoded) throws InvalidProtocolBufferException {
    var once = JsonCodec.encode(decoded);
    Message again;
    try {
      again = JsonCodec.decode(once, decoded.getDefaultInstanceForType());
    } catch (JsonFormatException e) {
      if (new String(once, StandardCharsets.UTF_8).contains("\"NaN\"")) {
        // Only protobuf can carry one; in JSON it is told, but taken from nobody (ReadingTest).
        return;
      }
      throw new AssertionError(
          "what was written cannot be read: " + new String(once, StandardCharsets.UTF_8), e);
    }
    FuzzTarget.check(
        Arrays.equals(once, JsonCodec.encode(again)), "what was read is not what was written");
    var parsed = decoded.getParserForType().parseFrom(again.toByteArray());
    FuzzTarget.check(parsed.equals(again), "protobuf changes what was decoded");
  }

  @Override
  public List<byte[]> seeds() {
    var seeds = new ArrayList<byte[]>();
    for (var i = 0; i < JSON.length; i++) {
      var json = JSON[i].getBytes(StandardCharsets.UTF_8);
      seeds.add(tagged(i, json));
      try {
        seeds.add(tagged(i | 0x80, JsonCodec.decode(json, PROTOTYPES.get(i)).toByteArray()));
      } catch (JsonFormatException e) {
        throw new AssertionError("seed " + i, e);
      }
    }
    // Found by fuzzing: the parser took them for UTF-32 of a strange order, and for UTF-16.
    seeds.add(new byte[] {0, 0, 0x21, 0, 0});
    seeds.add(tagged(0, "{}".getBytes(StandardCharsets.UTF_16BE)));
    seeds.add(tagged(0, "{}".getBytes(StandardCharsets.UTF_16LE)));
    var noNumber = RateLimits.newBuilder().setAggregateDefaultQps(Double.NaN).build();
    seeds.add(tagged(5 | 0x80, noNumber.toByteArray()));
    return seeds;
  }

  private static byte[] tagged(int tag, byte[] body) {
    var seed = new byte[body.length + 1];
    seed[0] = (byte) tag;
    System.arraycopy(body, 0, seed, 1, body.length);
    return seed;
  }
}
