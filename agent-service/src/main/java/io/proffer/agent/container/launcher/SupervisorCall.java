package io.proffer.agent.container.launcher;

import io.proffer.agent.core.effect.ToContainer;
import io.proffer.agent.sandbox.Users;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a supervisor is called for a container.
 *
 * @param limits of what commands write, where they do not ask for others
 */
record SupervisorCall(Supervisor supervisor, OutputLimits limits) {
  /** Its arguments, and the environment of the command. */
  ProcessBuilder builder(
      ToContainer.Launch order, ControlDirectory control, Optional<Users.Account> account) {
    var output = limits.with(order.environment());
    if (!supervisor.keeps(output)) {
      throw new IllegalArgumentException(
          cannotLimit("Leave CONTAINER_LOGGER_* out of the environment"));
    }
    var command = new ArrayList<>(supervisor.command());
    command.add(control.path().toString());
    command.add(order.directory());
    command.add(account.map(Users.Account::spec).orElse("-"));
    command.add(output.argument());
    command.add(order.file());
    // A program always has an argv[0], even when the task gives none.
    command.addAll(order.arguments().isEmpty() ? List.of(order.file()) : order.arguments());
    var builder =
        new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    order.environment().forEach((name, value) -> put(builder, name, value));
    return builder;
  }

  /**
   * Why it is not called for limits of what commands write.
   *
   * @param advice what to leave out for it to be
   */
  String cannotLimit(String advice) {
    return "The %s supervisor cannot limit what tasks write. %s; or build where there is a C compiler, and give a --runtime_dir on a file system that may run programs"
        .formatted(supervisor.name(), advice);
  }

  /** The JDK would tell the value, which may be a secret, and what it says is told on. */
  private static void put(ProcessBuilder builder, String name, String value) {
    if (value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "Invalid value of environment variable '" + name + "': it has a null character");
    }
    builder.environment().put(name, value);
  }
}
