package io.proffer.kernel;

/**
 * The store failed, so what the core knows and what is durable may differ: the core must be given
 * up and read anew. The message says what happened and what to do.
 */
public class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreException(String message) {
    super(message);
  }

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
