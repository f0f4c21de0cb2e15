package io.proffer.agent.checkpoint;

import com.google.protobuf.ByteString;
import io.proffer.agent.core.event.Durable;
import io.proffer.agent.core.event.Event;
import io.proffer.agent.core.event.FrameworkEvent;
import io.proffer.agent.core.event.LinkEvent;
import io.proffer.agent.core.event.TaskEvent;
import io.proffer.agent.core.event.UpdateEvent;
import io.proffer.api.internal.FromAgent;
import io.proffer.kernel.Write;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * What each durable event stores.
 *
 * <pre>
 *   agent                  "ID EPOCH"
 *   frameworks/ID          FrameworkInfo
 *   tasks/CONTAINER        TaskInfo
 *   owners/CONTAINER       FrameworkID
 *   updates/UUID           FromAgent.Update, until acknowledged
 * </pre>
 */
public final class Checkpoints {
  private Checkpoints() {}

  /** The writes of an event; none for those that need not outlive the process. */
  public static List<Write> of(Event event) {
    return event instanceof Durable durable ? writes(durable) : List.of();
  }

  private static List<Write> writes(Durable event) {
    return switch (event) {
      case LinkEvent.Registered e ->
          List.of(
              Write.put("agent", (e.agent() + " " + e.epoch()).getBytes(StandardCharsets.UTF_8)));
      case FrameworkEvent.Known(var info) ->
          List.of(Write.put("frameworks/" + info.getId().getValue(), info.toByteArray()));
      case FrameworkEvent.Removed(var id) -> List.of(Write.delete("frameworks/" + id));
      case TaskEvent.Admitted(var task) ->
          List.of(
              Write.put("tasks/" + task.container(), task.info().toByteArray()),
              Write.put(
                  "owners/" + task.container(), task.key().framework().message().toByteArray()));
      case TaskEvent.Completed(var key, var container) ->
          List.of(Write.delete("tasks/" + container), Write.delete("owners/" + container));
      case UpdateEvent.Queued(var key, var status) ->
          List.of(
              Write.put(
                  update(status.getUuid()),
                  FromAgent.Update.newBuilder()
                      .setFrameworkId(key.framework().message())
                      .setStatus(status)
                      .setLatestState(status.getState())
                      .build()
                      .toByteArray()));
      case UpdateEvent.Acknowledged(var key, var uuid) -> List.of(Write.delete(update(uuid)));
      case UpdateEvent.Dropped(var key, var uuids) ->
          uuids.stream().map(uuid -> Write.delete(update(uuid))).toList();
    };
  }

  private static String update(ByteString uuid) {
    return "updates/" + HexFormat.of().formatHex(uuid.toByteArray());
  }
}
