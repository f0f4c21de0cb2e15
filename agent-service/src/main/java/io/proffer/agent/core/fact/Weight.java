package io.proffer.agent.core.fact;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import java.util.List;

/**
 * About how many bytes of memory a message takes. What it takes on the wire says little: a label of
 * four bytes is three objects. More is better than less here, for bounds are held against it.
 */
public final class Weight {
  private static final long MESSAGE = 80;
  private static final long TEXT = 48;
  private static final long SCALAR = 16;

  /** Each number that we do not know may be an object with lists of its own. */
  private static final long UNKNOWN = 40;

  private Weight() {}

  /** Of a message with all that is in it. */
  public static long of(Message message) {
    var bytes = MESSAGE + UNKNOWN * message.getUnknownFields().getSerializedSize();
    for (var value : message.getAllFields().values()) {
      bytes += value(value);
    }
    return bytes;
  }

  private static long value(Object value) {
    return switch (value) {
      case Message message -> of(message);
      case List<?> all -> SCALAR + all.stream().mapToLong(Weight::value).sum();
      case String text -> TEXT + 2L * text.length();
      case ByteString bytes -> TEXT + bytes.size();
      case MessageOrBuilder other -> throw new IllegalStateException("a builder in " + other);
      default -> SCALAR;
    };
  }
}
