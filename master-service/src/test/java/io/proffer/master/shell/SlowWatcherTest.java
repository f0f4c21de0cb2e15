package io.proffer.master.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.v1.Label;
import io.proffer.api.v1.Labels;
import io.proffer.api.v1.master.Event;
import io.proffer.api.v1.scheduler.Call;
import java.util.LinkedHashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Operators who watch, and read more slowly than events come: what waits for them is bounded. */
@Timeout(60)
class SlowWatcherTest {
  /** Together far more than sockets hold. */
  private static final int EVENTS = 80;

  private static final int EVENT_BYTES = 200_000;
  private static final int KEPT_EVENTS = 10;

  /** What may wait for a reader before no more is taken from the window, and the event after it. */
  private static final double MOST_BYTES = 256 * 1024 + 1.1 * EVENT_BYTES;

  @Test
  void whoNeverReadsIsCutAndOthersHearAll() throws Exception {
    try (var master = start(Map.of("stream_stall_timeout", "1secs"));
        var scheduler = ScriptedScheduler.subscribe(master, ScriptedScheduler.info().build());
        var deaf = ScriptedOperator.subscribeNarrow(master);
        var other = ScriptedOperator.subscribe(master, RunningMaster.JSON, "")) {
      var heard = deaf.next(Event.Type.SUBSCRIBED).getEventId();

      var last = happen(master, scheduler, other);

      Awaitility.await("the end of the stream that nobody reads")
          .until(() -> figure(master, "proffer_master_streams") == 1);
      assertTrue(deaf.stream().untilItEnds() < EVENTS * EVENT_BYTES, "it got all of it");
      isToldWhyAndGetsAllThereIs(master, heard);
      resumes(master, last);
    }
  }

  @Test
  void whoReadsAgainTooLateHearsTheBeginningInOrderAndThenTheEnd() throws Exception {
    try (var master = start(Map.of());
        var scheduler = ScriptedScheduler.subscribe(master, ScriptedScheduler.info().build());
        var late = ScriptedOperator.subscribeNarrow(master);
        var other = ScriptedOperator.subscribe(master, RunningMaster.JSON, "")) {
      var heard = late.next(Event.Type.SUBSCRIBED).getEventId();
      happen(master, scheduler, other);

      late.next(Event.Type.HEARTBEAT);
      var count = 0;
      for (var event = late.next(); event != null; event = late.next()) {
        assertEquals(number(heard) + 1, number(event.getEventId()));
        heard = event.getEventId();
        count++;
      }
      assertTrue(count > 0 && count < EVENTS, count + " events were heard");
      isToldWhyAndGetsAllThereIs(master, heard);
    }
  }

  private static RunningMaster start(Map<String, String> flags) {
    var all = new LinkedHashMap<>(flags);
    all.put("registry", "in_memory");
    all.put("operator_event_window", "" + KEPT_EVENTS);
    return RunningMaster.start(all);
  }

  /** So much happens, and one who reads hears each of it before the next; the id of the last. */
  private static String happen(
      RunningMaster master, ScriptedScheduler scheduler, ScriptedOperator reader) throws Exception {
    var last = reader.next(Event.Type.SUBSCRIBED).getEventId();
    reader.next(Event.Type.HEARTBEAT);
    var most = 0.0;
    for (var i = 0; i < EVENTS; i++) {
      var info = ScriptedScheduler.info().setId(scheduler.id()).setLabels(large(i));
      var answer =
          scheduler.call(
              Call.newBuilder()
                  .setType(Call.Type.UPDATE_FRAMEWORK)
                  .setUpdateFramework(Call.UpdateFramework.newBuilder().setFrameworkInfo(info)));
      assertEquals(200, answer.statusCode(), answer.body());
      var event = reader.next(Event.Type.FRAMEWORK_UPDATED);
      assertEquals(number(last) + 1, number(event.getEventId()));
      last = event.getEventId();
      most = Math.max(most, figure(master, "proffer_master_stream_buffer_max_bytes"));
    }
    assertTrue(most > EVENT_BYTES, "nobody was slow: at most " + most + " bytes waited");
    assertTrue(most < MOST_BYTES, most + " bytes waited for one reader");
    return last;
  }

  /** But the last one: all there is should fit one chunk, as those who read here expect it. */
  private static Labels large(int number) {
    var size = number < EVENTS - 1 ? EVENT_BYTES : 1;
    var label = Label.newBuilder().setKey("" + number).setValue("x".repeat(size));
    return Labels.newBuilder().addLabels(label).build();
  }

  private static void isToldWhyAndGetsAllThereIs(RunningMaster master, String heard)
      throws Exception {
    try (var back = comesBack(master, heard)) {
      var subscribed = back.next(Event.Type.SUBSCRIBED).getSubscribed();
      assertFalse(subscribed.getResumed());
      assertTrue(
          subscribed.getNotResumedBecause().startsWith("The events after '" + heard + "'"),
          subscribed.getNotResumedBecause());
      var framework = subscribed.getGetState().getGetFrameworks().getFrameworks(0);
      assertEquals(
          "" + (EVENTS - 1), framework.getFrameworkInfo().getLabels().getLabels(0).getKey());
    }
  }

  private static void resumes(RunningMaster master, String heard) throws Exception {
    try (var back = comesBack(master, heard)) {
      assertTrue(back.next(Event.Type.SUBSCRIBED).getSubscribed().getResumed());
    }
  }

  private static ScriptedOperator comesBack(RunningMaster master, String heard) throws Exception {
    return ScriptedOperator.subscribe(
        master, RunningMaster.JSON, "Last-Event-ID: " + heard + "\r\n");
  }

  private static long number(String eventId) {
    return Long.parseLong(eventId.substring(eventId.lastIndexOf('-') + 1));
  }

  /** Of the streams of operators. */
  private static double figure(RunningMaster master, String name) throws Exception {
    return master.figure(name + "{kind=\"operator\"}");
  }
}
