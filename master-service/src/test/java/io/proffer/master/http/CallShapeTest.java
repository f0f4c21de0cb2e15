package io.proffer.master.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.TextFormat;
import io.proffer.api.v1.scheduler.Call;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CallShapeTest {
  private static final String FRAMEWORK = "framework_id { value: 'f' } ";
  private static final String INFO = "framework_info { user: 'u' name: 'n' ";

  @ParameterizedTest
  @CsvSource({
    "ACCEPT, accept",
    "DECLINE, decline",
    "ACCEPT_INVERSE_OFFERS, accept_inverse_offers",
    "DECLINE_INVERSE_OFFERS, decline_inverse_offers",
    "KILL, kill",
    "SHUTDOWN, shutdown",
    "ACKNOWLEDGE, acknowledge",
    "ACKNOWLEDGE_OPERATION_STATUS, acknowledge_operation_status",
    "RECONCILE, reconcile",
    "RECONCILE_OPERATIONS, reconcile_operations",
    "MESSAGE, message",
    "REQUEST, request",
    "UPDATE_FRAMEWORK, update_framework"
  })
  void callsNeedTheirBody(String type, String field) {
    assertEquals(
        Optional.of("Expecting '" + field + "' to be present"), check(FRAMEWORK + "type: " + type));
    assertEquals(Optional.of("Expecting 'framework_id' to be present"), check("type: " + type));
  }

  @ParameterizedTest
  @ValueSource(strings = {"REVIVE", "SUPPRESS", "TEARDOWN", "UNKNOWN"})
  void someCallsNeedNoBodyButAFramework(String type) {
    assertEquals(Optional.empty(), check(FRAMEWORK + "type: " + type));
    assertEquals(Optional.of("Expecting 'framework_id' to be present"), check("type: " + type));
  }

  @Test
  void aCallNeedsAType() {
    assertEquals(Optional.of("Expecting 'type' to be present"), check(FRAMEWORK));
  }

  @Test
  void subscribeNeedsItsBodyAndOneIdentity() {
    assertEquals(Optional.of("Expecting 'subscribe' to be present"), check("type: SUBSCRIBE"));
    assertEquals(Optional.empty(), check("type: SUBSCRIBE subscribe { " + INFO + "} }"));
    var differs = Optional.of("'framework_id' differs from 'subscribe.framework_info.id'");
    assertEquals(differs, check(FRAMEWORK + "type: SUBSCRIBE subscribe { " + INFO + "} }"));
    var withId = "type: SUBSCRIBE subscribe { " + INFO + "id { value: 'f' } } }";
    assertEquals(differs, check(withId));
    assertEquals(Optional.empty(), check(FRAMEWORK + withId));
  }

  @Test
  void updatesKeepTheIdentity() {
    assertEquals(
        Optional.of("'framework_id' differs from 'update_framework.framework_info.id'"),
        check(FRAMEWORK + "type: UPDATE_FRAMEWORK update_framework { " + INFO + "} }"));
  }

  @ParameterizedTest
  @CsvSource({"'', Not a valid UUID", "abc, Not a valid UUID", "0123456789abcdef, "})
  void acknowledgementsCarrySixteenBytes(String uuid, String text) {
    var body =
        "acknowledge { agent_id { value: 'a' } task_id { value: 't' } uuid: '" + uuid + "' }";
    assertEquals(Optional.ofNullable(text), check(FRAMEWORK + "type: ACKNOWLEDGE " + body));
  }

  @Test
  void acknowledgementsOfOperationsNameTheAgent() {
    var call = FRAMEWORK + "type: ACKNOWLEDGE_OPERATION_STATUS acknowledge_operation_status { ";
    var operation = "operation_id { value: 'o' } ";
    assertEquals(Optional.of("Not a valid UUID"), check(call + operation + "uuid: 'x' }"));
    assertEquals(
        Optional.of("Expecting 'agent_id' to be present"),
        check(call + operation + "uuid: '0123456789abcdef' }"));
    assertEquals(
        Optional.empty(),
        check(call + operation + "uuid: '0123456789abcdef' agent_id { value: 'a' } }"));
  }

  private static Optional<String> check(String call) {
    try {
      return CallShape.check(TextFormat.parse(call, Call.class));
    } catch (TextFormat.ParseException e) {
      throw new IllegalArgumentException(call, e);
    }
  }
}
