package io.proffer.api.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import java.io.IOException;
import java.math.BigInteger;

/**
 * Numbers: written as JSON numbers whatever their width, read from numbers and from strings that
 * hold one. A fraction given for an integer field is cut off, as the reference does; a number the
 * field cannot hold is refused.
 */
final class NumberFormats {
  private static final BigInteger UINT64_END = BigInteger.ONE.shiftLeft(64);

  private NumberFormats() {}

  /** What all numeric fields share: the way to the number's text or value. */
  abstract static class Numeric extends ValueFormat {
    Numeric(String field) {
      super(field);
    }

    /** The token as an integer; {@code unsigned} ones above 2^63-1 come as their 64 bits. */
    final long integer(JsonParser in, boolean unsigned) throws IOException, JsonFormatException {
      JsonToken token = in.currentToken();
      if (token == JsonToken.VALUE_NUMBER_INT) {
        try {
          long value = in.getLongValue();
          if (unsigned && value < 0) {
            throw outOfRange(in.getText());
          }
          return value;
        } catch (InputCoercionException e) {
          return wide(in.getText(), unsigned);
        }
      }
      if (token == JsonToken.VALUE_NUMBER_FLOAT) {
        return wide(in.getText(), unsigned);
      }
      if (token == JsonToken.VALUE_STRING) {
        return wide(numberIn(in.getText()), unsigned);
      }
      throw unexpected(in);
    }

    /** The token as a double. */
    final double real(JsonParser in) throws IOException, JsonFormatException {
      JsonToken token = in.currentToken();
      if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
        return in.getDoubleValue();
      }
      if (token != JsonToken.VALUE_STRING) {
        throw unexpected(in);
      }
      return switch (in.getText()) {
        case "Infinity" -> Double.POSITIVE_INFINITY;
        case "-Infinity" -> Double.NEGATIVE_INFINITY;
        default -> Double.parseDouble(numberIn(in.getText()));
      };
    }

    private long wide(String number, boolean unsigned) throws JsonFormatException {
      if (number.length() > 20 || !isInteger(number)) {
        double value = Double.parseDouble(number);
        // 2^63 itself is a double, and the first that a long cannot hold.
        if (value >= 0x1p63 || value < -0x1p63 || (unsigned && value <= -1)) {
          throw outOfRange(number);
        }
        return (long) value;
      }
      BigInteger value = new BigInteger(number);
      boolean fits =
          unsigned
              ? value.signum() >= 0 && value.compareTo(UINT64_END) < 0
              : value.bitLength() <= 63;
      if (!fits) {
        throw outOfRange(number);
      }
      return value.longValue();
    }

    final JsonFormatException outOfRange(String number) {
      return JsonFormatException.convert(
          "Number " + number + " is out of range for field '" + field + "'");
    }

    private String numberIn(String text) throws JsonFormatException {
      String number = text.strip();
      if (!JsonNumbers.isNumber(number)) {
        throw JsonFormatException.convert(
            "Failed to parse '" + text + "' as a JSON number for field '" + field + "'");
      }
      return number;
    }

    private static boolean isInteger(String number) {
      return number.indexOf('.') < 0 && number.indexOf('e') < 0 && number.indexOf('E') < 0;
    }
  }

  static final class Int32 extends Numeric {
    Int32(String field) {
      super(field);
    }

    @Override
    void write(Object value, JsonGenerator out, int depth) throws IOException {
      out.writeNumber((int) value);
    }

    @Override
    Object read(JsonParser in, int depth) throws IOException, JsonFormatException {
      long value = integer(in, false);
      if (value != (int) value) {
        throw outOfRange(in.getText());
      }
      return (int) value;
    }
  }

  static final class Uint32 extends Numeric {
    Uint32(String field) {
      super(field);
    }

    @Override
    void write(Object value, JsonGenerator out, int depth) throws IOException {
      out.writeNumber(Integer.toUnsignedLong((int) value));
    }

    @Override
    Object read(JsonParser in, int depth) throws IOException, JsonFormatException {
      long value = integer(in, true);
      if (value >>> 32 != 0) {
        throw outOfRange(in.getText());
      }
      return (int) value;
    }
  }

  static final class Int64 extends Numeric {
    Int64(String field) {
      super(field);
    }

    @Override
    void write(Object value, JsonGenerator out, int depth) throws IOException {
      out.writeNumber((long) value);
    }

    @Override
    Object read(JsonParser in, int depth) throws IOException, JsonFormatException {
      return integer(in, false);
    }
  }

  static final class Uint64 extends Numeric {
    Uint64(String field) {
      super(field);
    }

    @Override
    void write(Object value, JsonGenerator out, int depth) throws IOException {
      long bits = (long) value;
      if (bits >= 0) {
        out.writeNumber(bits);
      } else {
        out.writeNumber(Long.toUnsignedString(bits));
      }
    }

    @Override
    Object read(JsonParser in, int depth) throws IOException, JsonFormatException {
      return integer(in, true);
    }
  }

  static final class Float64 extends Numeric {
    Float64(String field) {
      super(field);
    }

    @Override
    void write(Object value, JsonGenerator out, int depth) throws IOException {
      JsonNumbers.write((double) value, out);
    }

    @Override
    Object read(JsonParser in, int depth) throws IOException, JsonFormatException {
      return real(in);
    }
  }

  static final class Float32 extends Numeric {
    Float32(String field) {
      super(field);
    }

    @Override
    void write(Object value, JsonGenerator out, int depth) throws IOException {
      JsonNumbers.write(Double.parseDouble(Float.toString((float) value)), out);
    }

    @Override
    Object read(JsonParser in, int depth) throws IOException, JsonFormatException {
      return (float) real(in);
    }
  }
}
