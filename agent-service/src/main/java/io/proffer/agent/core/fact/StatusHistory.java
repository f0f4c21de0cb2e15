package io.proffer.agent.core.fact;

import com.google.protobuf.UnknownFieldSet;
import io.proffer.api.v1.TaskStatus;
import java.util.ArrayList;
import java.util.List;

/** What is kept of the statuses of a task long after they were told: no data, and no novels. */
public final class StatusHistory {
  private static final int LONGEST_MESSAGE = 16 * 1024;

  /** With more words than this only the plain facts of a status are kept. */
  private static final int LONGEST_STATUS = 32 * 1024;

  private static final int SHORT_MESSAGE = 512;

  /** A task that talks much must not be most of what its agent writes to the disk. */
  private static final long LARGEST = 256 * 1024;

  /** How much larger they are in memory, at worst, than on the wire: many small objects. */
  private static final long OF_LABELS = 25;

  private static final long OF_CONTAINER = 8;
  private static final long STATUS = 512;

  private StatusHistory() {}

  /**
   * The same statuses and one more; of one state in a row the newest.
   *
   * @param most how many are kept; the oldest go
   * @param room how much memory they may take; the oldest go, and at last the words of the newest
   */
  public static List<TaskStatus> with(
      List<TaskStatus> statuses, TaskStatus status, int most, long room) {
    var all = new ArrayList<>(statuses);
    if (!all.isEmpty() && all.getLast().getState() == status.getState()) {
      all.removeLast();
    }
    all.add(shortened(status));
    while (all.size() > 1 && (all.size() > most || weight(all) > Math.min(room, LARGEST))) {
      all.removeFirst();
    }
    if (weight(all) > room) {
      all.set(0, plain(status));
    }
    return all;
  }

  /** How much memory they take. */
  public static long weight(List<TaskStatus> statuses) {
    var bytes = 0L;
    for (var status : statuses) {
      bytes +=
          STATUS
              + 2L * status.getSerializedSize()
              + OF_LABELS * status.getLabels().getSerializedSize()
              + OF_CONTAINER * status.getContainerStatus().getSerializedSize();
    }
    return bytes;
  }

  private static TaskStatus shortened(TaskStatus status) {
    var words = shortened(status, LONGEST_MESSAGE).build();
    return words.getSerializedSize() > LONGEST_STATUS ? plain(status) : words;
  }

  private static TaskStatus.Builder shortened(TaskStatus status, int longest) {
    var words = status.toBuilder().clearData();
    if (status.getMessage().length() > longest) {
      words.setMessage(status.getMessage().substring(0, longest) + "...");
    }
    return words;
  }

  private static TaskStatus plain(TaskStatus status) {
    return shortened(status, SHORT_MESSAGE)
        .clearLabels()
        .clearContainerStatus()
        .clearCheckStatus()
        .clearLimitation()
        .setUnknownFields(UnknownFieldSet.getDefaultInstance())
        .build();
  }
}
