package io.proffer.master.core.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.v1.CommandInfo;
import io.proffer.api.v1.ContainerInfo;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CommandAndContainerTest {
  private static Optional<String> variable(String text) {
    var builder = CommandInfo.newBuilder();
    Given.merge("environment { variables { name: 'X' " + text + " } }", builder);
    return CommandValidation.check(builder.build());
  }

  private static Optional<String> container(String text) {
    var builder = ContainerInfo.newBuilder();
    Given.merge(text, builder);
    return ContainerValidation.check(builder.build());
  }

  @Test
  void soundVariablesPass() {
    assertEquals(Optional.empty(), variable("value: ''"));
    assertEquals(
        Optional.empty(),
        variable("type: SECRET secret { type: REFERENCE reference { name: 'n' } }"));
  }

  @Test
  void soundContainersPass() {
    assertEquals(Optional.empty(), container("type: DOCKER docker { image: 'i' }"));
    assertEquals(
        Optional.empty(),
        container("type: MESOS volumes { container_path: 'c' mode: RW host_path: 'h' }"));
  }
}
