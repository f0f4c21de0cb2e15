package io.proffer.master.core.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.v1.CommandInfo;
import io.proffer.api.v1.ContainerInfo;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'' | Environment variable 'X' of type 'VALUE' must have a value set",
        "value: 'v' secret { } |"
            + " Environment variable 'X' of type 'VALUE' must not have a secret set",
        "type: SECRET | Environment variable 'X' of type 'SECRET' must have a secret set",
        "type: SECRET secret { } value: 'v' |"
            + " Environment variable 'X' of type 'SECRET' must not have a value set",
        "type: SECRET secret { type: VALUE } | Environment variable 'X' specifies an invalid"
            + " secret: Secret of type VALUE must have the 'value' field set",
        "type: SECRET secret { type: REFERENCE reference { name: 'n' } value { data: 'd' } } |"
            + " Environment variable 'X' specifies an invalid secret: Secret of type REFERENCE"
            + " must not have the 'value' field set",
        "type: SECRET secret { type: VALUE value { data: 'a\\000b' } } | Environment variable 'X'"
            + " specifies a secret containing null bytes, which is not allowed in the environment",
        "type: UNKNOWN | Environment variable of type 'UNKNOWN' is not allowed",
      })
  void variablesCarryWhatTheirTypeSays(String text, String message) {
    assertEquals(Optional.of(message), variable(text.replace("''", "")));
  }

  @Test
  void soundVariablesPass() {
    assertEquals(Optional.empty(), variable("value: ''"));
    assertEquals(
        Optional.empty(),
        variable("type: SECRET secret { type: REFERENCE reference { name: 'n' } }"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'' | Only one of them should be set: 'host_path', 'image' and 'source'",
        "host_path: 'h' source { type: HOST_PATH host_path { path: 'p' } } |"
            + " Only one of them should be set: 'host_path', 'image' and 'source'",
        "source { type: DOCKER_VOLUME } |"
            + " 'source.docker_volume' is not set for DOCKER_VOLUME volume",
        "source { type: HOST_PATH } | 'source.host_path' is not set for HOST_PATH volume",
        "source { type: SANDBOX_PATH } | 'source.sandbox_path' is not set for SANDBOX_PATH volume",
        "source { type: SECRET } | 'source.secret' is not set for SECRET volume",
        "source { type: CSI_VOLUME } | 'source.csi_volume' is not set for CSI volume",
        "source { type: CSI_VOLUME csi_volume { plugin_name: 'p' } } |"
            + " 'source.csi_volume.static_provisioning' is not set for CSI volume",
        "source { type: UNKNOWN } | 'source.type' is unknown",
        "source { } | 'source.type' is unknown",
      })
  void volumesComeFromOnePlace(String text, String message) {
    assertEquals(
        Optional.of("Invalid volume: " + message),
        container(
            "type: MESOS volumes { container_path: 'c' mode: RW " + text.replace("''", "") + " }"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "type: DOCKER | DockerInfo 'docker' is not set for DOCKER typed ContainerInfo",
        "type: DOCKER docker { image: 'i' parameters { key: 'name' value: 'x' } } |"
            + " Parameter in DockerInfo must not be 'name'",
      })
  void dockerContainersAreDescribed(String text, String message) {
    assertEquals(Optional.of(message), container(text));
  }

  @Test
  void soundContainersPass() {
    assertEquals(Optional.empty(), container("type: DOCKER docker { image: 'i' }"));
    assertEquals(
        Optional.empty(),
        container("type: MESOS volumes { container_path: 'c' mode: RW host_path: 'h' }"));
  }
}
