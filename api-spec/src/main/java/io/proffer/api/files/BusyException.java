package io.proffer.api.files;

import java.io.IOException;

/** There is too much to do to look: the client may come again. */
public final class BusyException extends IOException {
  private static final long serialVersionUID = 1L;

  /** With a sentence for the client. */
  public BusyException(String message) {
    super(message);
  }
}
