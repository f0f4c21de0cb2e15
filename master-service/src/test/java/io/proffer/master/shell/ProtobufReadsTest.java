package io.proffer.master.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.json.JsonCodec;
import io.proffer.api.json.JsonFormatException;
import io.proffer.api.v1.master.Call;
import io.proffer.api.v1.master.Response;
import io.proffer.api.v1.scheduler.Event;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever asks for protobuf is told the same as who asks for JSON. */
@Timeout(60)
class ProtobufReadsTest {
  /** Of what is counted, that which stands still. */
  private static final List<String> STILL = List.of("master/cpus_total", "master/slaves_active");

  @TempDir static Path directory;
  private static RunningMaster master;
  private static ScriptedAgent agent;
  private static ScriptedScheduler scheduler;

  /** There is something of everything that can be read. */
  @BeforeAll
  static void start() throws Exception {
    var log = Files.writeString(directory.resolve("log"), "a line of the log\n");
    master =
        RunningMaster.start(Map.of("registry", "in_memory", "external_log_file", log.toString()));
    agent = ScriptedAgent.register(master, ScriptedAgent.subscription());
    scheduler = ScriptedScheduler.subscribe(master, ScriptedScheduler.info().build());
    scheduler.next(Event.Type.OFFERS);
    for (var change :
        List.of(
            "'UPDATE_WEIGHTS','update_weights':{'weight_infos':[{'role':'w','weight':2}]}",
            "'UPDATE_QUOTA','update_quota':{'quota_configs':"
                + "[{'role':'q','limits':{'cpus':{'value':2}}}]}",
            "'UPDATE_MAINTENANCE_SCHEDULE','update_maintenance_schedule':{'schedule':{'windows':"
                + "[{'machine_ids':[{'hostname':'spare'}],"
                + "'unavailability':{'start':{'nanoseconds':7}}}]}}")) {
      assertEquals("", master.operator("{'type':%s}".formatted(change).replace('\'', '"')));
    }
  }

  @AfterAll
  static void stop() throws Exception {
    scheduler.close();
    agent.close();
    master.close();
  }

  static Stream<Call.Type> reads() {
    return Arrays.stream(Call.Type.values())
        .filter(type -> type.name().matches("(GET|LIST|READ)_.*"));
  }

  @ParameterizedTest
  @MethodSource("reads")
  void bothSayTheSame(Call.Type type) throws Exception {
    var call = call(type);
    var json = decoded(ask(call, RunningMaster.JSON));
    var protobuf = Response.parseFrom(ask(call, RunningMaster.PROTOBUF));

    assertEquals(2, protobuf.getAllFields().size(), "the type, and what is told");
    // JSON writes defaults out, as the reference's does.
    assertEquals(still(json), still(decoded(JsonCodec.encode(protobuf))));
  }

  private static Response.Builder decoded(byte[] json) throws JsonFormatException {
    return JsonCodec.decode(json, Response.getDefaultInstance()).toBuilder();
  }

  private static Call call(Call.Type type) {
    var call = Call.newBuilder().setType(type);
    switch (type) {
      case GET_METRICS -> call.getGetMetricsBuilder();
      case LIST_FILES -> call.getListFilesBuilder().setPath("/master/log");
      case READ_FILE -> call.getReadFileBuilder().setPath("/master/log").setOffset(2);
      default -> {
        // The type says it all.
      }
    }
    return call.build();
  }

  private static Response still(Response.Builder answer) {
    if (answer.hasGetMetrics()) {
      var metrics = answer.getGetMetricsBuilder();
      var still =
          metrics.getMetricsList().stream()
              .filter(metric -> STILL.contains(metric.getName()))
              .toList();
      assertEquals(STILL.size(), still.size());
      metrics.clearMetrics().addAllMetrics(still);
    }
    return answer.build();
  }

  private static byte[] ask(Call call, String type) throws Exception {
    var answer =
        master.sendForBytes(
            master
                .request("/api/v1")
                .header("Content-Type", RunningMaster.PROTOBUF)
                .header("Accept", type)
                .POST(BodyPublishers.ofByteArray(call.toByteArray())));
    assertEquals(200, answer.statusCode());
    assertEquals(type, answer.headers().firstValue("Content-Type").orElseThrow());
    return answer.body();
  }
}
