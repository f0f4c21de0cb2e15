package io.proffer.master.registry;

import io.proffer.kernel.StoreException;

/** A record of the registry is none: no master can lead from this registry, of whatever version. */
public final class DamagedException extends StoreException {
  private static final long serialVersionUID = 1L;

  DamagedException(String message, Throwable cause) {
    super(message, cause);
  }
}
