package io.proffer.agent.sandbox;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.FrameworkId;
import java.nio.file.Path;

/**
 * The directories of sandboxes below a work directory: {@code
 * slaves/AID/frameworks/FID/executors/EID/runs/CID}, with a link {@code runs/latest}.
 */
public record SandboxLayout(Path workDir) {
  /** The layout below {@code workDir}, made absolute. */
  public SandboxLayout {
    workDir = workDir.toAbsolutePath().normalize();
  }

  /** Where all runs of an executor are. */
  public Path runs(AgentId agent, FrameworkId framework, ExecutorId executor) {
    return workDir
        .resolve("slaves")
        .resolve(agent.value())
        .resolve("frameworks")
        .resolve(framework.value())
        .resolve("executors")
        .resolve(executor.value())
        .resolve("runs");
  }

  /** The sandbox of one container. */
  public Path sandbox(
      AgentId agent, FrameworkId framework, ExecutorId executor, String containerId) {
    return runs(agent, framework, executor).resolve(containerId);
  }

  /** The link to the newest sandbox of an executor. */
  public Path latest(AgentId agent, FrameworkId framework, ExecutorId executor) {
    return runs(agent, framework, executor).resolve("latest");
  }
}
