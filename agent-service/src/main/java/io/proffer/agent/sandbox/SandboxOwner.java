package io.proffer.agent.sandbox;

import java.util.Optional;

/**
 * Whose sandbox it is, as its path says.
 *
 * @param framework the framework's id
 * @param executor the executor's id; of a command task, that of the task
 * @param container the run; empty for the latest one
 */
public record SandboxOwner(String framework, String executor, Optional<String> container) {}
