package io.proffer.master.core.validate;

import io.proffer.api.v1.ContainerInfo;
import io.proffer.api.v1.Volume;
import java.util.Optional;

/** Whether a container's volumes and its image description are sound (step 7). */
final class ContainerValidation {
  private static final Optional<String> FINE = Optional.empty();

  private ContainerValidation() {}

  static Optional<String> check(ContainerInfo container) {
    for (var volume : container.getVolumesList()) {
      var error = checkVolume(volume);
      if (error.isPresent()) {
        return error.map("Invalid volume: "::concat);
      }
    }
    if (container.getType() != ContainerInfo.Type.DOCKER) {
      return FINE;
    }
    if (!container.hasDocker()) {
      return Optional.of("DockerInfo 'docker' is not set for DOCKER typed ContainerInfo");
    }
    return container.getDocker().getParametersList().stream()
            .anyMatch(parameter -> parameter.getKey().equals("name"))
        ? Optional.of("Parameter in DockerInfo must not be 'name'")
        : FINE;
  }

  private static Optional<String> checkVolume(Volume volume) {
    int set = 0;
    set += volume.hasHostPath() ? 1 : 0;
    set += volume.hasImage() ? 1 : 0;
    set += volume.hasSource() ? 1 : 0;
    if (set != 1) {
      return Optional.of("Only one of them should be set: 'host_path', 'image' and 'source'");
    }
    return volume.hasSource() ? checkSource(volume.getSource()) : FINE;
  }

  private static Optional<String> checkSource(Volume.Source source) {
    return switch (source.getType()) {
      case DOCKER_VOLUME -> needs(source.hasDockerVolume(), "docker_volume", "DOCKER_VOLUME");
      case HOST_PATH -> needs(source.hasHostPath(), "host_path", "HOST_PATH");
      case SANDBOX_PATH -> needs(source.hasSandboxPath(), "sandbox_path", "SANDBOX_PATH");
      case SECRET ->
          needs(source.hasSecret(), "secret", "SECRET")
              .or(() -> SecretValidation.check(source.getSecret()));
      case CSI_VOLUME ->
          needs(source.hasCsiVolume(), "csi_volume", "CSI")
              .or(
                  () ->
                      needs(
                          source.getCsiVolume().hasStaticProvisioning(),
                          "csi_volume.static_provisioning",
                          "CSI"));
      case UNKNOWN -> Optional.of("'source.type' is unknown");
    };
  }

  private static Optional<String> needs(boolean there, String field, String type) {
    return there ? FINE : Optional.of("'source." + field + "' is not set for " + type + " volume");
  }
}
