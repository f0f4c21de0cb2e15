package io.proffer.api.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.v1.quota.QuotaConfig;
import io.proffer.api.v1.scheduler.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that are no UTF-8, wherever they stand. The tables spell bytes as Latin-1. */
@Timeout(30)
class InvalidTextTest {
  private static JsonFormatException refusal(String bytes) {
    return assertThrows(
        JsonFormatException.class,
        () -> JsonCodec.decode(bytes.getBytes(ISO_8859_1), Call.getDefaultInstance()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u00ff",
        "\u0080",
        "\u00c3",
        "\u00c3(",
        "\u00e2\u0082",
        "\u00f0\u009f\u0098",
        "\u00fe\u00fe",
      })
  void inAValueAKeyOrASkippedFieldTheyAreRefused(String bytes) {
    for (String body :
        new String[] {
          "{\"framework_id\":{\"value\":\"" + bytes + "\"}}",
          "{\"" + bytes + "\":1}",
          "{\"unknown\":\"" + bytes + "\"}",
        }) {
      JsonFormatException refused = refusal(body);
      assertEquals(JsonFormatException.Kind.PARSE, refused.kind(), body);
      assertTrue(
          refused.getMessage().startsWith("expecting UTF-8 text"), body + refused.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u00ed\u00a0\u0080", "\u00c0\u0080", "\u00f4\u0090\u0080\u0080"})
  void codePointsThatUtf8DoesNotEncodeAreRefused(String bytes) {
    refusal("{\"framework_id\":{\"value\":\"" + bytes + "\"}}");
  }

  @Test
  void halfASurrogatePairIsRefusedInNamesAndValues() {
    refusal("{\"framework_id\":{\"value\":\"\\udc00\"}}");
    refusal("{\"framework_id\":{\"value\":\"\\ud83d\\ud83d\"}}");
    refusal(
        "{\"accept\":{\"operations\":{\"launch\":{\"task_infos\":{\"limits\":{\"\\udc00\":{}}}}}}}");
    refusal(
        "{\"accept\":{\"operations\":{\"launch\":{\"task_infos\":{\"limits\":{\"\\ud83d\":{}}}}}}}");
  }

  @Test
  void aPairOfEscapedSurrogatesIsTheLetterItStandsFor() throws JsonFormatException {
    byte[] body =
        "{\"role\":\"\\ud83d\\ude00\",\"limits\":{\"\\ud83d\\ude00\":{\"value\":1}}}"
            .getBytes(UTF_8);
    QuotaConfig quota = JsonCodec.decode(body, QuotaConfig.getDefaultInstance());
    assertEquals("😀", quota.getRole());
    assertEquals(1, quota.getLimitsOrThrow("😀").getValue());
  }

  @Test
  void controlCharactersMustBeEscaped() {
    assertEquals(
        JsonFormatException.Kind.PARSE, refusal("{\"framework_id\":{\"value\":\"a\nb\"}}").kind());
  }
}
