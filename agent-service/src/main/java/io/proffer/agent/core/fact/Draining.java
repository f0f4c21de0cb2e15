package io.proffer.agent.core.fact;

import io.proffer.api.v1.DrainConfig;
import java.time.Instant;

/**
 * That an operator wants nothing to run here.
 *
 * @param since when the order came
 */
public record Draining(DrainConfig config, Instant since) {}
