package io.proffer.api.golden;

import com.google.protobuf.Message;

/**
 * One JSON text out of a recording.
 *
 * @param source file and place in it
 * @param message default instance of the message the text stands for
 */
record Sample(String source, Kind kind, Message message, String text, String refusal) {
  enum Kind {
    /** Printed by the reference: ours must be the same text. */
    PRINTED,
    /** Printed by the reference, but parsed and printed anew when it was recorded. */
    REPRINTED,
    /** A call by a script that the reference took. */
    ACCEPTED,
    /** A call the reference could not read, with its words in {@link #refusal}. */
    REFUSED
  }

  Sample(String source, Kind kind, Message message, String text) {
    this(source, kind, message, text, "");
  }
}
