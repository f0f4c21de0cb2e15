package io.proffer.master.registry;

import io.proffer.kernel.StoreException;

/**
 * The registry is of a newer version of Proffer, of another cluster, or none, or the place in
 * ZooKeeper is of somebody else: this master cannot lead, now or later.
 */
public final class UnfitException extends StoreException {
  private static final long serialVersionUID = 1L;

  public UnfitException(String message) {
    super(message);
  }

  public UnfitException(String message, Throwable cause) {
    super(message, cause);
  }
}
