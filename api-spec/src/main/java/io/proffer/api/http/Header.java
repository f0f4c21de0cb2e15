package io.proffer.api.http;

/** One header of an answer. */
public record Header(String name, String value) {
  /** Which file an answer is of: the same for all answers of one file, another for another. */
  public static final String FILE_ID = "Proffer-File-Id";
}
