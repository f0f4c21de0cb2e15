package io.proffer.api.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.v1.scheduler.Call;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies that are refused, each with the text of the 400 answer. */
@Timeout(30)
class BodyErrorsTest {
  private static final String PARSE = "Failed to parse body into JSON: ";
  private static final String CONVERT = "Failed to convert JSON into Call protobuf: ";

  private static String refusal(byte[] body) {
    return assertThrows(
            JsonFormatException.class, () -> JsonCodec.decode(body, Call.getDefaultInstance()))
        .sentence("Call");
  }

  private static String refusal(String body) {
    return refusal(body.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~ | syntax error at line 1 near: ",
        "{ | syntax error at line 1 near: ",
        "hello | syntax error at line 1 near: hello",
        "{\"type\":\"REVIVE\",} | syntax error at line 1 near: }",
        "{\"type\":5 | syntax error at line 1 near: ",
        "~{\"type\":\"REVIVE\"} x~ | ~Parsed JSON included non-whitespace trailing characters:  x~",
        "{\"type\":\"REVIVE\"}{} | Parsed JSON included non-whitespace trailing characters: {}",
      })
  void textThatIsNotJsonIsRefusedWithThePlace(String body, String text) {
    assertEquals((PARSE + text).stripTrailing(), refusal(body).stripTrailing());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[] | Expecting a JSON object",
        "null | Expecting a JSON object",
        "\"SUBSCRIBE\" | Expecting a JSON object",
        "7 | Expecting a JSON object",
        "{\"type\":5} | Not expecting a JSON number for field 'type'",
        "{\"framework_id\":{\"value\":7}} | Not expecting a JSON number for field 'value'",
        "{\"framework_id\":\"x\"} | Not expecting a JSON string for field 'framework_id'",
        "{\"framework_id\":[]} | Not expecting a JSON array for field 'framework_id'",
        "{\"type\":{}} | Not expecting a JSON object for field 'type'",
        "{\"type\":true} | Not expecting a JSON boolean for field 'type'",
        "{\"subscribe\":{}} | Missing required fields: subscribe.framework_info",
        "{\"subscribe\":{\"framework_info\":{\"user\":\"u\"}}}"
            + " | Missing required fields: subscribe.framework_info.name",
        "{\"subscribe\":{\"framework_info\":{}}} | Missing required fields:"
            + " subscribe.framework_info.user, subscribe.framework_info.name",
        "{\"message\":{\"data\":\"a%b\"}}"
            + " | Failed to base64 decode bytes field 'data': Invalid character '%'",
        "{\"message\":{\"data\":\"abcde\"}} | Failed to base64 decode bytes field 'data': Expecting"
            + " groups of four characters, the last one padded with '='",
        "{\"subscribe\":{\"framework_info\":{\"capabilities\":[{\"type\":\"X\"}],"
            + "\"user\":\"u\",\"name\":\"n\",\"failover_timeout\":\"abc\"}}}"
            + " | Failed to parse 'abc' as a JSON number for field 'failover_timeout'",
        "{\"subscribe\":{\"framework_info\":{\"checkpoint\":\"yes\"}}}"
            + " | Failed to parse 'yes' as a JSON boolean for field 'checkpoint'",
        "{\"accept\":{\"operations\":[{\"launch\":{\"task_infos\":[{\"resources\":"
            + "[{\"name\":\"cpus\",\"type\":\"SCALARS\"}]}]}}]}}"
            + " | Failed to find enum for 'SCALARS'",
        "{\"framework_id\":{\"value\":\"\\ud800\"}}"
            + " | Expecting Unicode text for field 'value', got half of a surrogate pair",
      })
  void jsonThatDoesNotFitTheMessageIsRefused(String body, String text) {
    assertEquals(CONVERT + text, refusal(body));
  }

  @Test
  void aBodyThatIsNoJsonIsToldSoBeforeItsFieldsAreJudged() {
    assertTrue(refusal("{\"type\":5} x").startsWith(PARSE), refusal("{\"type\":5} x"));
  }

  @Test
  void theLineOfASyntaxErrorIsNamed() {
    assertEquals(PARSE + "syntax error at line 2 near: oops }", refusal("{\"type\":\n oops }\n{}"));
  }

  @Test
  void invalidUtf8IsRefused() {
    byte[] body = "{\"type\":\"REVIVE\",\"x\":\"..\"}".getBytes(StandardCharsets.UTF_8);
    body[body.length - 3] = (byte) 0xff;
    assertTrue(
        refusal(body)
            .startsWith(PARSE + "expecting UTF-8 text, received other bytes from byte 23 on"),
        refusal(body));
  }

  @Test
  void whatIsTooLongIsRefusedInOurOwnWords() {
    assertEquals(
        PARSE
            + "expecting numbers of at most 1000 characters, received a longer one: send it with"
            + " fewer digits",
        refusal("{\"x\":" + "9".repeat(2000) + "}"));
    assertEquals(
        PARSE
            + "expecting field names of at most 50000 characters, received a longer one: check the"
            + " quotes before it",
        refusal("{\"" + "n".repeat(200_000) + "\":1}"));
  }

  @Test
  void anUnknownFieldNestedTenThousandDeepIsRefused() {
    String deep = "{\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
    assertTrue(refusal(deep).startsWith(PARSE), refusal(deep));
  }

  @Test
  void messagesNestedTenThousandDeepAreRefused() {
    String open = "{\"kill_executor\":{\"executor_id\":";
    assertTrue(refusal(open.repeat(10_000)).startsWith("Failed to "));
    String parents = "{\"value\":\"c\",\"parent\":".repeat(10_000);
    String body =
        "{\"type\":\"KILL_NESTED_CONTAINER\",\"kill_nested_container\":{\"container_id\":"
            + parents
            + "{\"value\":\"c\"}"
            + "}".repeat(10_002);
    JsonFormatException refused =
        assertThrows(
            JsonFormatException.class,
            () ->
                JsonCodec.decode(
                    body.getBytes(StandardCharsets.UTF_8),
                    io.proffer.api.v1.agent.Call.getDefaultInstance()));
    assertEquals(JsonFormatException.Kind.PARSE, refused.kind());
  }

  @Test
  void theCallOfAnotherApiIsNamedByTheCaller() {
    JsonFormatException refused =
        assertThrows(
            JsonFormatException.class,
            () -> JsonCodec.decode(new byte[] {'[', ']'}, Call.getDefaultInstance()));
    assertEquals(
        "Failed to convert JSON into Event protobuf: Expecting a JSON object",
        refused.sentence("Event"));
  }
}
