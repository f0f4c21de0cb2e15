package io.proffer.master.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.TextFormat;
import io.proffer.api.json.JsonCodec;
import io.proffer.api.v1.scheduler.Call;
import io.proffer.master.rows.Row;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of scheduler-api, section 3, as {@code rows/3-calls.txt} has them, in both formats. */
@Timeout(30)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallRowsTest {
  private RunningMaster master;

  static List<Row> rows() {
    return Row.all("3-calls.txt", Set.of("call", "text"));
  }

  @BeforeAll
  void start() {
    master = RunningMaster.start();
  }

  @AfterAll
  void stop() {
    master.close();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void eachCallIsRefusedWithItsText(Row row) throws Exception {
    var text = row.get("call").replace("NOBODY", "framework_id { value: 'nobody' }");
    var call = TextFormat.parse(text, Call.class);

    assertRefused(row, RunningMaster.JSON, JsonCodec.encode(call));
    assertRefused(row, RunningMaster.PROTOBUF, call.toByteArray());
  }

  private void assertRefused(Row row, String type, byte[] body) throws Exception {
    var answer =
        master.send(
            master
                .request("/api/v1/scheduler")
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));

    assertEquals("Failed to validate scheduler::Call: " + row.get("text"), answer.body());
    assertEquals(400, answer.statusCode());
    assertEquals("text/plain; charset=utf-8", answer.headers().firstValue("Content-Type").get());
  }
}
