package io.proffer.agent.core.fact;

/** One run of an executor: minted for each launch, never used twice. */
public record ContainerId(String value) {
  @Override
  public String toString() {
    return value;
  }
}
