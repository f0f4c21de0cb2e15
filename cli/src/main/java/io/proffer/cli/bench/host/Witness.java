package io.proffer.cli.bench.host;

import io.proffer.cli.client.ClientException;
import io.proffer.cli.client.Identity;
import io.proffer.cli.client.MasterAddress;
import io.proffer.cli.client.OperatorClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What master and agent say of themselves to an operator. One that does not answer says nothing.
 */
final class Witness {
  private final OperatorClient master;
  private final OperatorClient agent;

  Witness(MasterAddress master, MasterAddress agent) {
    this.master = new OperatorClient(master, Identity.NOBODY);
    // Operators call an agent in the same words, at the same path.
    this.agent = new OperatorClient(agent, Identity.NOBODY);
  }

  /** When the agent that is active registered last, as the master tells it; empty for none. */
  Optional<String> registration() {
    return ask(() -> master.ask("GET_AGENTS")).stream()
        .flatMap(answer -> answer.path("get_agents").path("agents").valueStream())
        .filter(one -> one.path("active").asBoolean())
        .map(one -> one.path("registered_time") + " " + one.path("reregistered_time"))
        .findFirst();
  }

  /** How many containers the agent holds, in whatever state. */
  Optional<Integer> containers() {
    return metrics()
        .map(
            all ->
                Stream.of("registering", "running", "terminating")
                    .mapToInt(state -> all.get("slave/executors_" + state).intValue())
                    .sum());
  }

  /** How many tasks run, as the agent tells it. */
  Optional<Integer> runningTasks() {
    return metrics().map(all -> all.get("slave/tasks_running").intValue());
  }

  /** The processes that the agent says hold its containers. */
  List<Long> supervisors() {
    return ask(() -> agent.ask("GET_CONTAINERS")).stream()
        .flatMap(answer -> answer.path("get_containers").path("containers").valueStream())
        .map(container -> container.path("container_status").path("executor_pid").asLong())
        .toList();
  }

  private Optional<Map<String, Double>> metrics() {
    return ask(agent::metrics);
  }

  /** A question to one of them. */
  private interface Question<T> {
    T ask() throws ClientException;
  }

  private static <T> Optional<T> ask(Question<T> question) {
    try {
      return Optional.of(question.ask());
    } catch (ClientException silent) {
      if (silent.temporary()) {
        return Optional.empty();
      }
      throw new IllegalStateException(silent.getMessage(), silent);
    }
  }
}
