package io.proffer.agent;

import io.proffer.agent.core.fact.Room;
import io.proffer.api.flags.Bytes;
import io.proffer.api.flags.Expecting;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * The flags of an agent that say how much memory goes to what others make it hold. The defaults are
 * shares of what this process may have, so that an agent in a small container is a small one.
 */
public final class MemoryTuning {
  /** What waits to be decided, and what is being read. */
  private static final int SHARE = 8;

  @Option(
      names = "--task_bytes",
      paramLabel = "BYTES",
      description =
          "Memory for all tasks that are not over, with their executors and frameworks; a launch"
              + " beyond it is dropped. Default: an eighth of the heap.")
  private Optional<Bytes> taskBytes = Optional.empty();

  @Option(
      names = "--max_task_bytes",
      paramLabel = "BYTES",
      description = "Memory for one task; a larger one is an error. Default: half of --task_bytes.")
  private Optional<Bytes> maxTaskBytes = Optional.empty();

  @Option(
      names = "--update_bytes",
      paramLabel = "BYTES",
      description =
          "Memory for status updates that wait to be acknowledged; more of executors are refused."
              + " Half of it is kept for the ends of tasks. Default: an eighth of the heap.")
  private Optional<Bytes> updateBytes = Optional.empty();

  @Option(
      names = "--history_bytes",
      paramLabel = "BYTES",
      description =
          "Memory for what is shown of ended tasks, executors and frameworks; the oldest go first."
              + " Default: a sixteenth of the heap.")
  private Optional<Bytes> historyBytes = Optional.empty();

  @Option(
      names = "--command_bytes",
      paramLabel = "BYTES",
      description =
          "Memory for launches and messages of the master that wait for their turn; until there is"
              + " room no more are read. Default: an eighth of the heap.")
  private Optional<Bytes> commandBytes = Optional.empty();

  @Option(
      names = "--checkpoint_bytes",
      paramLabel = "BYTES",
      description =
          "Memory for checkpoints on their way to the disk; until there is room no command has its"
              + " turn. Default: an eighth of the heap.")
  private Optional<Bytes> checkpointBytes = Optional.empty();

  @Option(
      names = "--request_buffer_bytes",
      paramLabel = "BYTES",
      description =
          "All request bodies together. Default: an eighth of the heap, but at least"
              + " --max_request_size.")
  private Optional<Bytes> requestBufferBytes = Optional.empty();

  @Option(
      names = "--call_bytes",
      paramLabel = "BYTES",
      description =
          "Memory for all calls that are being answered, once their bodies are read. Default:"
              + " --task_bytes and --update_bytes together, of which one executor that comes back"
              + " may have to tell, but at least twice --max_request_size.")
  private Optional<Bytes> callBytes = Optional.empty();

  @Option(
      names = "--max_unknown_tasks",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "1000",
      description =
          "So many tasks that are not here may have updates of executors that wait for their"
              + " frameworks (${DEFAULT-VALUE}).")
  private int maxUnknownTasks;

  /** How much the core may hold. */
  Room room() {
    var usual = Room.in(heap());
    var tasks = taskBytes.map(Bytes::value).orElse(usual.tasks());
    return new Room(
        maxTaskBytes.map(Bytes::value).orElse(tasks / 2),
        tasks,
        updateBytes.map(Bytes::value).orElse(usual.updates()),
        historyBytes.map(Bytes::value).orElse(usual.history()),
        maxUnknownTasks);
  }

  /** What the master's commands may take while they wait. */
  long commandBytes() {
    return commandBytes.map(Bytes::value).orElse(heap() / SHARE);
  }

  /** What is on its way to the disk may take. */
  long checkpointBytes() {
    return Math.max(1, checkpointBytes.map(Bytes::value).orElse(heap() / SHARE));
  }

  /**
   * What all request bodies may take.
   *
   * @param largest of one request
   */
  long requestBufferBytes(long largest) {
    return requestBufferBytes.map(Bytes::value).orElse(Math.max(largest, heap() / SHARE));
  }

  /**
   * What the messages that these bodies become may take.
   *
   * @param largest body of most requests
   */
  long callBytes(long largest) {
    var room = room();
    return callBytes.map(Bytes::value).orElse(Math.max(2 * largest, room.tasks() + room.updates()));
  }

  private static long heap() {
    return Runtime.getRuntime().maxMemory();
  }
}
