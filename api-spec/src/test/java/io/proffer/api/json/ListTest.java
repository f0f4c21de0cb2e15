package io.proffer.api.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.proffer.api.v1.WeightInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies that are arrays; single quotes stand for double ones. */
class ListTest {
  private static List<WeightInfo> decode(String text) throws JsonFormatException {
    return JsonCodec.decodeList(
        text.replace('\'', '"').getBytes(StandardCharsets.UTF_8), WeightInfo.getDefaultInstance());
  }

  @Test
  void eachElementIsAMessage() throws JsonFormatException {
    assertEquals(List.of(), decode(" [ ] "));
    assertEquals(
        List.of(
            WeightInfo.newBuilder().setRole("a").setWeight(2).build(),
            WeightInfo.newBuilder().setWeight(0.5).build()),
        decode("[{'role':'a','weight':2,'unknown':[{}]},{'weight':0.5}]"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'weight':1}|PARSE|Unexpected JSON type parsed",
        "7|PARSE|Unexpected JSON type parsed",
        "x|PARSE|syntax error at line 1 near: x",
        "[{'weight':1}|PARSE|syntax error at line 1 near: ",
        "[{'weight':1},|PARSE|syntax error at line 1 near: ",
        "[]7|PARSE|Parsed JSON included non-whitespace trailing characters: 7",
        "[{'role':'r'}|PARSE|syntax error at line 1 near: ",
        "[{'role':'r'}]|CONVERT|Missing required fields: weight",
        "[7]|CONVERT|Expecting a JSON object",
        "[[{'weight':1}]]|CONVERT|Expecting a JSON object",
        "[{'weight':'x'}]|CONVERT|"
      })
  void anythingElseIsRefused(String text, JsonFormatException.Kind kind, String reason) {
    var refused = assertThrows(JsonFormatException.class, () -> decode(text));

    assertEquals(kind, refused.kind(), refused.getMessage());
    if (reason != null) {
      assertEquals(reason.strip(), refused.getMessage().strip());
    }
  }
}
