package io.proffer.cli.client;

import java.net.http.HttpResponse;

/** What a file holds from an offset on; nothing at its end. */
public final class FilePiece {
  private final byte[] bytes;
  private final String file;

  /**
   * A piece; its bytes are its own.
   *
   * @param file which file it is of: the same under another name; empty when the agent does not say
   */
  FilePiece(byte[] bytes, String file) {
    this.bytes = bytes;
    this.file = file;
  }

  static FilePiece of(HttpResponse<?> answer, byte[] bytes) {
    return new FilePiece(bytes, answer.headers().firstValue("Proffer-File-Id").orElse(""));
  }

  byte[] bytes() {
    return bytes;
  }

  String file() {
    return file;
  }
}
