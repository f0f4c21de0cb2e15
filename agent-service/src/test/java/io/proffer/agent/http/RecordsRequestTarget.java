package io.proffer.agent.http;

import io.proffer.api.fuzz.FuzzTarget;
import io.proffer.api.http.Answer;
import io.proffer.api.http.Exchange;
import io.proffer.api.recordio.RecordEncoder;
import io.proffer.api.v1.agent.Call;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Calls of operators whose body is a stream of records. The first byte says what the records are.
 * None is answered yet, so that each is refused, once and with a sentence.
 */
public final class RecordsRequestTarget implements FuzzTarget {
  private static final List<String> TYPES =
      List.of("application/json", "application/x-protobuf", "text/plain");

  private final List<Answer> answers = new ArrayList<>();
  private final OperatorEndpoint endpoint =
      new OperatorEndpoint(null, null, null, null, null, null, null);

  @Override
  public void take(byte[] input) {
    if (input.length == 0) {
      return;
    }
    var type = TYPES.get((input[0] & 0xff) % TYPES.size());
    answers.clear();
    endpoint.accept(exchange(type, Arrays.copyOfRange(input, 1, input.length)));
    FuzzTarget.check(answers.size() == 1, "answers: " + answers.size());
    var status = answers.getFirst().status();
    FuzzTarget.check(status == 400 || status == 415 || status == 501, "answered " + status);
    FuzzTarget.check(status != 501 || !type.equals("text/plain"), "records of text were read");
  }

  private Exchange exchange(String type, byte[] body) {
    return (Exchange)
        Proxy.newProxyInstance(
            Exchange.class.getClassLoader(),
            new Class<?>[] {Exchange.class},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "header" ->
                      switch ((String) arguments[0]) {
                        case "Content-Type" -> Optional.of("application/recordio");
                        case "Message-Content-Type" -> Optional.of(type);
                        default -> Optional.empty();
                      };
                  case "body" -> body;
                  case "answer" -> answers.add((Answer) arguments[0]);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  @Override
  public List<byte[]> seeds() {
    var attach = "{\"type\":\"ATTACH_CONTAINER_INPUT\",\"attach_container_input\":{}}";
    var seeds = new ArrayList<byte[]>();
    for (var json :
        List.of(attach, "{\"type\":\"GET_HEALTH\"}", "{}", "[".repeat(1100), "{\"type\":\"X\"}")) {
      seeds.add(tagged(0, RecordEncoder.encode(json.getBytes(StandardCharsets.UTF_8))));
    }
    for (var type : Call.Type.values()) {
      var call = Call.newBuilder().setType(type);
      seeds.add(tagged(1, RecordEncoder.encode(call.buildPartial().toByteArray())));
    }
    seeds.add(tagged(2, RecordEncoder.encode(new byte[] {1})));
    for (var text : List.of("", "0\n", "5\n{}", "-1\n", "99999999999999999999\n", "x")) {
      seeds.add(tagged(0, text.getBytes(StandardCharsets.UTF_8)));
    }
    return seeds;
  }

  private static byte[] tagged(int tag, byte[] body) {
    var seed = new byte[body.length + 1];
    seed[0] = (byte) tag;
    System.arraycopy(body, 0, seed, 1, body.length);
    return seed;
  }
}
