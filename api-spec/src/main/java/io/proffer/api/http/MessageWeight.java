package io.proffer.api.http;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/**
 * About how many bytes of memory a message will take, told from its body before there is one: a
 * label of four bytes becomes three objects. Makes no objects itself. More is better than less
 * here, for a bound is held against it.
 */
final class MessageWeight {
  private static final long MESSAGE = 80;
  private static final long TEXT = 48;
  private static final long SCALAR = 32;
  private static final long PACKED_BYTE = 8;

  /** Each may be a number of its own, with an entry and lists for its values. */
  private static final long UNKNOWN = 300;

  /** The smallest field in a group has two bytes, and is unknown as well. */
  private static final long UNKNOWN_GROUP_BYTE = UNKNOWN / 2;

  /** Parsers go no deeper. */
  private static final int DEEPEST = 100;

  private MessageWeight() {}

  /** Of a message on the wire; of one that is broken, as far as a parser would come. */
  static long ofProtobuf(byte[] body, Descriptor type) {
    var walk = new Walk(CodedInputStream.newInstance(body));
    try {
      walk.fields(type, 1);
    } catch (IOException broken) {
      // Whoever parses it finds that too, at the same place, and says so.
      return walk.bytes;
    }
    return walk.bytes;
  }

  /** Of JSON text, by its marks. */
  static long ofJson(byte[] body) {
    var bytes = (long) body.length;
    var inText = false;
    for (var i = 0; i < body.length; i++) {
      switch (body[i]) {
        case '\\' -> i += inText ? 1 : 0;
        case '"' -> {
          inText = !inText;
          bytes += inText ? TEXT : 0;
        }
        case '{' -> bytes += inText ? 0 : MESSAGE;
        // What stood before it was no value, but the name of a field.
        case ':' -> bytes += inText ? 0 : SCALAR - TEXT;
        case ',' -> bytes += inText ? 0 : SCALAR;
        default -> {}
      }
    }
    return bytes;
  }

  private static final class Walk {
    private final CodedInputStream in;
    private long bytes = MESSAGE;

    Walk(CodedInputStream in) {
      this.in = in;
    }

    void fields(Descriptor type, int depth) throws IOException {
      for (var tag = in.readTag(); tag != 0; tag = in.readTag()) {
        var field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
        if (field == null || !fits(field, WireFormat.getTagWireType(tag))) {
          unknown(tag);
        } else if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
          sized(field, in.readRawVarint32(), depth);
        } else {
          bytes += SCALAR;
          in.skipField(tag);
        }
      }
    }

    private static boolean fits(FieldDescriptor field, int wireType) {
      return wireType == field.getLiteType().getWireType()
          || (field.isPackable() && wireType == WireFormat.WIRETYPE_LENGTH_DELIMITED);
    }

    private void unknown(int tag) throws IOException {
      var start = in.getTotalBytesRead();
      in.skipField(tag);
      var size = in.getTotalBytesRead() - start;
      bytes +=
          UNKNOWN
              + (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_START_GROUP
                  ? UNKNOWN_GROUP_BYTE * size
                  : size);
    }

    private void sized(FieldDescriptor field, int size, int depth) throws IOException {
      if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && depth < DEEPEST) {
        bytes += MESSAGE;
        var outer = in.pushLimit(size);
        fields(field.getMessageType(), depth + 1);
        in.popLimit(outer);
      } else {
        bytes += field.isPackable() ? PACKED_BYTE * size : TEXT + size;
        in.skipRawBytes(size);
      }
    }
  }
}
