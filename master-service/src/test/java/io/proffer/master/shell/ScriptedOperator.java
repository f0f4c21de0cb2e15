package io.proffer.master.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.json.JsonCodec;
import io.proffer.api.v1.master.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** One who watches events of operators, and reads them when a test says so. */
final class ScriptedOperator implements AutoCloseable {
  private final String type;
  private final Stream stream;

  private ScriptedOperator(String type, Stream stream) {
    this.type = type;
    this.stream = stream;
    assertTrue(stream.head().startsWith("HTTP/1.1 200 OK"), stream.head());
  }

  /**
   * Subscribes, and reads no more than the head of the answer.
   *
   * @param headers more of them, each with its line's end
   */
  static ScriptedOperator subscribe(RunningMaster master, String type, String headers)
      throws IOException {
    return new ScriptedOperator(
        type, Stream.open(master.port(), "/api/v1", headers(type, headers), call()));
  }

  /** The same with little room for what was not read. */
  static ScriptedOperator subscribeNarrow(RunningMaster master) throws IOException {
    return new ScriptedOperator(
        RunningMaster.JSON,
        Stream.openNarrow(master.port(), "/api/v1", headers(RunningMaster.JSON, ""), call()));
  }

  private static String headers(String type, String more) {
    return "Host: x\r\nContent-Type: application/json\r\nAccept: " + type + "\r\n" + more;
  }

  private static byte[] call() {
    return "{\"type\":\"SUBSCRIBE\"}".getBytes(StandardCharsets.UTF_8);
  }

  Stream stream() {
    return stream;
  }

  /** The next event, or null at the end. */
  Event next() throws Exception {
    var record = stream.next();
    if (record == null) {
      return null;
    }
    return type.equals(RunningMaster.JSON)
        ? JsonCodec.decode(record, Event.getDefaultInstance())
        : Event.parseFrom(record);
  }

  Event next(Event.Type wanted) throws Exception {
    var event = next();
    assertEquals(wanted, event.getType(), event::toString);
    return event;
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
