package io.proffer.api.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.proffer.api.v1.Filters;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.HealthCheck;
import io.proffer.api.v1.Image;
import io.proffer.api.v1.Labels;
import io.proffer.api.v1.NetworkInfo;
import io.proffer.api.v1.Offer;
import io.proffer.api.v1.Resource;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.UUID;
import io.proffer.api.v1.Value;
import io.proffer.api.v1.quota.QuotaConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is taken besides the plain form, and what it means. */
@Timeout(30)
class ReadingTest {
  private static <M extends Message> M read(String json, M prototype) throws JsonFormatException {
    return JsonCodec.decode(json.getBytes(UTF_8), prototype);
  }

  private static String refusal(String json, Message prototype) {
    return assertThrows(JsonFormatException.class, () -> read(json, prototype)).getMessage();
  }

  private static double seconds(String json) throws JsonFormatException {
    return read("{\"refuse_seconds\":" + json + "}", Filters.getDefaultInstance())
        .getRefuseSeconds();
  }

  private static String begin(String json) throws JsonFormatException {
    return Long.toUnsignedString(
        read("{\"begin\":" + json + ",\"end\":0}", Value.Range.getDefaultInstance()).getBegin());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      value = {
        "5, 5.0",
        "0.1, 0.1",
        "1e3, 1000.0",
        "-0.0, -0.0",
        "\"5\", 5.0",
        "\" 1.5e-3 \", 0.0015",
        "\"Infinity\", Infinity",
        "\"-Infinity\", -Infinity",
        "18446744073709551615, 1.8446744073709552E19",
      })
  void doublesComeAsNumbersOrAsStringsThatHoldOne(String json, double value)
      throws JsonFormatException {
    assertEquals(value, seconds(json));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      value = {"\"NaN\"", "\"\"", "\"5 s\"", "\"0x10\"", "\"+5\"", "\".5\"", "\"1_0\""})
  void stringsThatHoldNoNumberAreRefused(String json) {
    assertEquals(
        "Failed to parse '"
            + json.replace("\"", "")
            + "' as a JSON number for field 'refuse_seconds'",
        refusal("{\"refuse_seconds\":" + json + "}", Filters.getDefaultInstance()));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      value = {
        "0, 0",
        "31000, 31000",
        "9223372036854775807, 9223372036854775807",
        "9223372036854775808, 9223372036854775808",
        "18446744073709551615, 18446744073709551615",
        "\"18446744073709551615\", 18446744073709551615",
        "\"31000\", 31000",
        "31000.9, 31000",
        "3.1e4, 31000",
      })
  void unsignedNumbersGoUpToTheLastBit(String json, String value) throws JsonFormatException {
    assertEquals(value, begin(json));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      value = {"-1", "18446744073709551616", "1e30", "-9223372036854775809", "-5.5", "\"-1\""})
  void unsignedNumbersOutOfRangeAreRefused(String json) {
    assertEquals(
        "Number " + json.replace("\"", "") + " is out of range for field 'begin'",
        refusal("{\"begin\":" + json + ",\"end\":0}", Value.Range.getDefaultInstance()));
  }

  @Test
  void numbersOfThirtyTwoBitsHaveTheirOwnRange() throws JsonFormatException {
    HealthCheck check =
        read("{\"consecutive_failures\":4294967295}", HealthCheck.getDefaultInstance());
    assertEquals(-1, check.getConsecutiveFailures());
    assertEquals(
        "Number 4294967296 is out of range for field 'consecutive_failures'",
        refusal("{\"consecutive_failures\":4294967296}", HealthCheck.getDefaultInstance()));
  }

  @Test
  void nullIsUnsetWhereverItStands() throws JsonFormatException {
    assertFalse(read("{\"refuse_seconds\":null}", Filters.getDefaultInstance()).hasRefuseSeconds());
    assertEquals(0, read("{\"labels\":null}", Labels.getDefaultInstance()).getLabelsCount());
    QuotaConfig quota =
        read("{\"role\":\"a\",\"limits\":{\"cpus\":null}}", QuotaConfig.getDefaultInstance());
    assertEquals(Map.of(), quota.getLimitsMap());
    assertEquals(
        "Missing required fields: value", refusal("{\"value\":null}", UUID.getDefaultInstance()));
  }

  @Test
  void oneValueInThePlaceOfAnArrayIsAnArrayOfOne() throws JsonFormatException {
    assertEquals(
        List.of("a"), read("{\"item\":\"a\"}", Value.Set.getDefaultInstance()).getItemList());
    assertEquals(
        "k",
        read("{\"labels\":{\"key\":\"k\"}}", Labels.getDefaultInstance()).getLabels(0).getKey());
  }

  @Test
  void anUnknownEnumNameIsUnsetInAnOptionalField() throws JsonFormatException {
    assertFalse(read("{\"type\":\"HOVER\"}", Offer.Operation.getDefaultInstance()).hasType());
    FrameworkInfo info =
        read(
            "{\"user\":\"u\",\"name\":\"n\",\"capabilities\":[{\"type\":\"FLY\"}]}",
            FrameworkInfo.getDefaultInstance());
    assertFalse(info.getCapabilities(0).hasType());
    assertEquals(
        "Failed to find enum for 'FLY'", refusal("{\"type\":\"FLY\"}", Image.getDefaultInstance()));
  }

  @Test
  void aFieldWithADefaultKeepsItUnsetForAnUnknownEnumName() throws JsonFormatException {
    NetworkInfo.IPAddress address =
        read("{\"protocol\":\"IPv9\"}", NetworkInfo.IPAddress.getDefaultInstance());
    assertFalse(address.hasProtocol());
    assertEquals(NetworkInfo.Protocol.IPv4, address.getProtocol());
  }

  @Test
  void theLastOfTwoValuesForOneKeyCounts() throws JsonFormatException {
    assertEquals(2, seconds("1,\"refuse_seconds\":2"));
    assertEquals(
        List.of("b"),
        read("{\"item\":[\"a\"],\"item\":[\"b\"]}", Value.Set.getDefaultInstance()).getItemList());
    QuotaConfig quota =
        read(
            "{\"role\":\"r\",\"limits\":{\"cpus\":{\"value\":1},\"cpus\":{\"value\":2}}}",
            QuotaConfig.getDefaultInstance());
    assertEquals(2, quota.getLimitsOrThrow("cpus").getValue());
  }

  @Test
  void unknownFieldsAreSkippedWithAllThatIsInThem() throws JsonFormatException {
    Filters filters =
        read(
            "{\"x\":[{\"refuse_seconds\":1},[2]],\"refuseSeconds\":3,\"refuse_seconds\":4}",
            Filters.getDefaultInstance());
    assertEquals(4, filters.getRefuseSeconds());
  }

  @Test
  void mapsAreObjectsAndKeepTheirOrder() throws JsonFormatException {
    TaskInfo.Builder task = TaskInfo.newBuilder();
    task.setName("n").getTaskIdBuilder().setValue("t");
    task.getAgentIdBuilder().setValue("a");
    for (String name : List.of("mem", "cpus", "")) {
      task.putLimits(name, Value.Scalar.newBuilder().setValue(1).build());
    }
    String json =
        "{\"name\":\"n\",\"task_id\":{\"value\":\"t\"},\"agent_id\":{\"value\":\"a\"},\"limits\":"
            + "{\"mem\":{\"value\":1},\"cpus\":{\"value\":\"1\"},\"\":{\"value\":1.0}}}";
    TaskInfo read = read(json, TaskInfo.getDefaultInstance());
    assertEquals(task.build(), read);
    assertEquals(List.of("mem", "cpus", ""), List.copyOf(read.getLimitsMap().keySet()));
    assertEquals(
        "Not expecting a JSON number for field 'limits'",
        refusal("{\"role\":\"r\",\"limits\":5}", QuotaConfig.getDefaultInstance()));
  }

  @Test
  void bytesAreBase64WithOrWithoutPaddingAndLineEnds() throws JsonFormatException {
    for (String text : List.of("aGk=", "aGk", "aG\\nk=")) {
      UUID uuid = read("{\"value\":\"" + text + "\"}", UUID.getDefaultInstance());
      assertEquals(ByteString.copyFromUtf8("hi"), uuid.getValue());
    }
  }

  @Test
  void spaceBeforeAndBehindTheBodyIsNoMatter() throws JsonFormatException {
    assertEquals(
        2,
        read(" \r\n{\"refuse_seconds\":2}\n\t ", Filters.getDefaultInstance()).getRefuseSeconds());
  }

  @Test
  void textOfAnyLengthAndAlphabetComesThrough() throws JsonFormatException {
    String text = "ü€😀\u0000\u2028\"\\".repeat(20_000);
    Resource resource = Resource.newBuilder().setName(text).setType(Value.Type.SCALAR).build();
    Resource read = JsonCodec.decode(JsonCodec.encode(resource), Resource.getDefaultInstance());
    assertEquals(text, read.getName());
  }
}
