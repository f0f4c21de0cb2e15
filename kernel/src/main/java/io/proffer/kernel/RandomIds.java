package io.proffer.kernel;

import java.util.UUID;

/** Random UUIDs (version 4). */
public final class RandomIds implements Ids {
  @Override
  public UUID next() {
    return UUID.randomUUID();
  }
}
