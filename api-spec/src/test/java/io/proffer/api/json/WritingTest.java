package io.proffer.api.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import io.proffer.api.v1.CommandInfo;
import io.proffer.api.v1.Filters;
import io.proffer.api.v1.Labels;
import io.proffer.api.v1.Resource;
import io.proffer.api.v1.UUID;
import io.proffer.api.v1.Value;
import io.proffer.api.v1.master.Response;
import io.proffer.api.v1.quota.QuotaConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The one form in which everything is written. */
@Timeout(30)
class WritingTest {
  private static String text(Message message) {
    return new String(JsonCodec.encode(message), UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      value = {
        "0, 0.0",
        "-0.0, -0.0",
        "4, 4.0",
        "0.1, 0.1",
        "-0.001, -0.001",
        "0.0001, 0.0001",
        "0.00001, 1e-05",
        "10000000, 10000000.0",
        "12345678.9, 12345678.9",
        "1795219607.247066, 1795219607.247066",
        "1e16, 10000000000000000.0",
        "1.5e17, 1.5e+17",
        "1e100, 1e+100",
        "4.9e-324, 4.9e-324",
        "Infinity, \"Infinity\"",
        "-Infinity, \"-Infinity\"",
      })
  void doublesHaveAFractionOrAnExponent(double value, String text) {
    assertEquals(
        "{\"value\":" + text + "}", text(Value.Scalar.newBuilder().setValue(value).build()));
  }

  @Test
  void integersOfSixtyFourBitsAreNumbers() {
    assertEquals(
        "{\"begin\":9223372036854775808,\"end\":18446744073709551615}",
        text(Value.Range.newBuilder().setBegin(Long.MIN_VALUE).setEnd(-1).build()));
  }

  @Test
  void anUnsetFieldWithADefaultIsWrittenAndADeprecatedOneIsNot() {
    assertEquals("{\"refuse_seconds\":5.0}", text(Filters.getDefaultInstance()));
    assertEquals("{\"shell\":true}", text(CommandInfo.getDefaultInstance()));
    assertEquals(
        "{\"name\":\"cpus\",\"type\":\"SCALAR\"}",
        text(Resource.newBuilder().setName("cpus").setType(Value.Type.SCALAR).build()));
  }

  @Test
  void fieldsFollowEachOtherAsInTheDefinitionWhateverTheirNumbers() {
    assertEquals(
        "{\"name\":\"n\",\"type\":\"TEXT\",\"set\":{\"item\":[\"a\"]},\"text\":{\"value\":\"t\"}}",
        text(
            io.proffer.api.v1.Attribute.newBuilder()
                .setText(Value.Text.newBuilder().setValue("t"))
                .setSet(Value.Set.newBuilder().addItem("a"))
                .setType(Value.Type.TEXT)
                .setName("n")
                .build()));
  }

  @Test
  void emptyListsAndMapsAreLeftOutExceptTheListsOfStateAnswers() {
    assertEquals("{}", text(Labels.getDefaultInstance()));
    assertEquals("{\"role\":\"r\"}", text(QuotaConfig.newBuilder().setRole("r").buildPartial()));
    assertEquals(
        "{\"tasks\":[],\"unreachable_tasks\":[],\"completed_tasks\":[]}",
        text(Response.GetTasks.getDefaultInstance()));
    assertEquals("{}", text(Response.GetRoles.getDefaultInstance()));
  }

  @Test
  void bytesAreBase64InOneLineWithPadding() {
    assertEquals(
        "{\"value\":\"+/8=\"}",
        text(UUID.newBuilder().setValue(ByteString.fromHex("fbff")).build()));
    String written = text(UUID.newBuilder().setValue(ByteString.copyFrom(new byte[200])).build());
    assertEquals(-1, written.indexOf('\\'));
  }

  @Test
  void durationsAreObjectsWithWhatIsNotZero() {
    assertEquals("{\"seconds\":5}", text(Duration.newBuilder().setSeconds(5).build()));
    assertEquals(
        "{\"seconds\":-1,\"nanos\":-5}",
        text(Duration.newBuilder().setSeconds(-1).setNanos(-5).build()));
  }

  @Test
  void textIsEscapedOnlyWhereJsonAsksForIt() {
    assertEquals(
        "{\"value\":\"ü€😀/\\\"\\\\\\n\\u0001\"}",
        text(Value.Text.newBuilder().setValue("ü€😀/\"\\\n\u0001").build()));
  }
}
