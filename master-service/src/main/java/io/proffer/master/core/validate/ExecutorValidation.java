package io.proffer.master.core.validate;

import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import io.proffer.api.resource.IdRules;
import io.proffer.api.resource.ResourceListValidation;
import io.proffer.api.resource.ResourceValidation;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.CommandInfo;
import io.proffer.api.v1.ContainerInfo;
import io.proffer.api.v1.Environment;
import io.proffer.api.v1.ExecutorInfo;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether an executor may run on an agent (scheduler-api.md, 5, "Executor checks"). */
final class ExecutorValidation {
  private static final Optional<String> FINE = Optional.empty();

  /** A whole number of a field, which a text with quotes around it is not. */
  private static final Pattern WHOLE = Pattern.compile("(?m)^( *\\w+: -?\\d+)\\.0$");

  private static final String DASHES = "-".repeat(60) + "\n";

  private ExecutorValidation() {}

  /** An executor that a task of LAUNCH brings. */
  static Optional<String> checkCustom(ExecutorInfo executor, LaunchContext context) {
    return check(executor, context).or(() -> checkSpecifics(executor));
  }

  /** What all executors must meet. */
  static Optional<String> check(ExecutorInfo executor, LaunchContext context) {
    return checkType(executor)
        .or(() -> IdRules.check(executor.getExecutorId().getValue()))
        .or(() -> checkGracePeriod(executor))
        .or(() -> checkParts(executor))
        .or(() -> checkFramework(executor, context))
        .or(() -> checkResources(executor))
        .or(() -> checkSameAsRunning(executor, context));
  }

  private static Optional<String> checkType(ExecutorInfo executor) {
    if (!executor.hasType()) {
      return FINE;
    }
    return switch (executor.getType()) {
      case UNKNOWN -> FINE;
      case CUSTOM ->
          executor.hasCommand()
              ? FINE
              : Optional.of("'ExecutorInfo.command' must be set for 'CUSTOM' executor");
      case DEFAULT -> checkDefault(executor);
    };
  }

  private static Optional<String> checkDefault(ExecutorInfo executor) {
    if (executor.hasCommand()) {
      return Optional.of("'ExecutorInfo.command' must not be set for 'DEFAULT' executor");
    }
    if (!executor.hasContainer()) {
      return FINE;
    }
    if (executor.getContainer().getType() != ContainerInfo.Type.MESOS) {
      return Optional.of("'ExecutorInfo.container.type' must be 'MESOS' for 'DEFAULT' executor");
    }
    return executor.getContainer().getMesos().hasImage()
        ? Optional.of("'ExecutorInfo.container.mesos.image' must not be set for 'DEFAULT' executor")
        : FINE;
  }

  private static Optional<String> checkGracePeriod(ExecutorInfo executor) {
    return executor.getShutdownGracePeriod().getNanoseconds() < 0
        ? Optional.of("ExecutorInfo's 'shutdown_grace_period' must be non-negative")
        : FINE;
  }

  private static Optional<String> checkParts(ExecutorInfo executor) {
    var error =
        executor.hasCommand()
            ? CommandValidation.check(executor.getCommand())
                .map("Executor's `CommandInfo` is invalid: "::concat)
            : FINE;
    if (error.isPresent() || !executor.hasContainer()) {
      return error;
    }
    return ContainerValidation.check(executor.getContainer())
        .map("Executor's `ContainerInfo` is invalid: "::concat);
  }

  private static Optional<String> checkFramework(ExecutorInfo executor, LaunchContext context) {
    if (!executor.hasFrameworkId()) {
      return Optional.of("'ExecutorInfo.framework_id' must be set");
    }
    var actual = executor.getFrameworkId().getValue();
    var expected = context.framework().value();
    return actual.equals(expected)
        ? FINE
        : Optional.of(
            "ExecutorInfo has an invalid FrameworkID (Actual: "
                + actual
                + " vs Expected: "
                + expected
                + ")");
  }

  private static Optional<String> checkResources(ExecutorInfo executor) {
    var resources = executor.getResourcesList();
    return ResourceValidation.checkUse(resources)
        .map("Executor uses invalid resources: "::concat)
        .or(
            () ->
                ResourceListValidation.checkPersistenceIds(resources)
                    .map("Executor uses duplicate persistence ID: "::concat))
        .or(
            () ->
                ResourceListValidation.checkOneAllocationRole(resources)
                    .map("Invalid executor resources: "::concat))
        .or(
            () ->
                ResourceListValidation.checkRevocableMix(resources)
                    .map("Executor mixes revocable and non-revocable resources: "::concat));
  }

  private static Optional<String> checkSpecifics(ExecutorInfo executor) {
    if (executor.hasType() && executor.getType() != ExecutorInfo.Type.CUSTOM) {
      return Optional.of("'ExecutorInfo.type' must be 'CUSTOM'");
    }
    if (!executor.hasCommand()) {
      return Optional.of("'ExecutorInfo.command' must be set");
    }
    var resources = Resources.of(executor.getResourcesList());
    if (!resources.shared().isEmpty()) {
      return Optional.of(
          "Executor resources " + resources + " should not contain any shared resources");
    }
    return checkCgroups(executor);
  }

  /** An executor always has control groups of its own. */
  static Optional<String> checkCgroups(ExecutorInfo executor) {
    var linux = executor.getContainer().getLinuxInfo();
    return linux.hasShareCgroups() && linux.getShareCgroups()
        ? Optional.of("The 'share_cgroups' field cannot be set to 'true' on executor containers")
        : FINE;
  }

  private static Optional<String> checkSameAsRunning(ExecutorInfo executor, LaunchContext context) {
    var running = context.runningExecutor().apply(executor.getExecutorId().getValue());
    if (running.isEmpty() || identity(running.get()).equals(identity(executor))) {
      return FINE;
    }
    return Optional.of(
        "ExecutorInfo is not compatible with existing ExecutorInfo with same ExecutorID.\n"
            + DASHES
            + "Existing ExecutorInfo:\n"
            + text(running.get())
            + "\n"
            + DASHES
            + "ExecutorInfo:\n"
            + text(executor)
            + "\n"
            + DASHES);
  }

  /** As the reference prints it: whole numbers without a point, though they are no integers. */
  private static String text(ExecutorInfo executor) {
    return WHOLE.matcher(TextFormat.printer().printToString(executor)).replaceAll("$1");
  }

  /**
   * What makes two executors the same: labels and grace period do not, nor the order of URIs and of
   * variables, which many clients keep in maps.
   */
  private record Identity(
      ExecutorInfo rest,
      Resources resources,
      List<CommandInfo.URI> uris,
      List<Environment.Variable> variables) {}

  private static Identity identity(ExecutorInfo executor) {
    var rest = executor.toBuilder().clearLabels().clearShutdownGracePeriod().clearResources();
    if (rest.hasCommand()) {
      rest.getCommandBuilder().clearUris();
    }
    if (rest.getCommand().hasEnvironment()) {
      rest.getCommandBuilder().getEnvironmentBuilder().clearVariables();
    }
    return new Identity(
        rest.build(),
        Resources.of(executor.getResourcesList()),
        sorted(executor.getCommand().getUrisList()),
        sorted(executor.getCommand().getEnvironment().getVariablesList()));
  }

  private static <M extends Message> List<M> sorted(List<M> messages) {
    return messages.stream()
        .sorted(Comparator.comparing(message -> message.toByteString(), BYTES))
        .toList();
  }

  private static final Comparator<com.google.protobuf.ByteString> BYTES =
      com.google.protobuf.ByteString.unsignedLexicographicalComparator();
}
