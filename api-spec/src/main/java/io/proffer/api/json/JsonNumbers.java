package io.proffer.api.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * The text of doubles: the shortest that reads back as the same double, always with a fraction
 * ({@code 4.0}); an exponent of at least two digits ({@code 1e-05}) below 0.0001 and from 1e17 on,
 * where the reference has it too.
 */
public final class JsonNumbers {
  private static final double PLAIN_MIN = 1e-4;
  private static final double PLAIN_END = 1e17;

  private JsonNumbers() {}

  /** Writes a double as every answer shows it; one that is not finite as a string. */
  public static void write(double value, JsonGenerator out) throws IOException {
    if (Double.isFinite(value)) {
      out.writeNumber(text(value));
    } else {
      out.writeString(Double.toString(value));
    }
  }

  /** A field that is a double, written as {@link #write} does. */
  public static void writeField(String name, double value, JsonGenerator out) throws IOException {
    out.writeFieldName(name);
    write(value, out);
  }

  static String text(double value) {
    double size = Math.abs(value);
    if (size >= 1e-3 && size < 1e7) {
      // Java writes these plainly by itself, and shortest.
      return Double.toString(value);
    }
    if (size == 0) {
      return value == 0 && 1 / value < 0 ? "-0.0" : "0.0";
    }
    BigDecimal shortest = new BigDecimal(Double.toString(value));
    if (size >= PLAIN_MIN && size < PLAIN_END) {
      String plain = shortest.stripTrailingZeros().toPlainString();
      return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }
    return scientific(shortest.stripTrailingZeros());
  }

  private static String scientific(BigDecimal value) {
    String digits = value.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - value.scale();
    StringBuilder text = new StringBuilder(digits.length() + 8);
    if (value.signum() < 0) {
      text.append('-');
    }
    text.append(digits.charAt(0));
    if (digits.length() > 1) {
      text.append('.').append(digits, 1, digits.length());
    }
    text.append('e').append(exponent < 0 ? '-' : '+');
    if (Math.abs(exponent) < 10) {
      text.append('0');
    }
    return text.append(Math.abs(exponent)).toString();
  }

  /** Whether the text is a number as JSON writes them. */
  static boolean isNumber(String text) {
    int i = text.startsWith("-") ? 1 : 0;
    int end = digits(text, i);
    if (end == i) {
      return false;
    }
    i = end;
    if (i < text.length() && text.charAt(i) == '.') {
      end = digits(text, i + 1);
      if (end == i + 1) {
        return false;
      }
      i = end;
    }
    if (i < text.length() && (text.charAt(i) == 'e' || text.charAt(i) == 'E')) {
      i++;
      if (i < text.length() && (text.charAt(i) == '+' || text.charAt(i) == '-')) {
        i++;
      }
      end = digits(text, i);
      if (end == i) {
        return false;
      }
      i = end;
    }
    return i == text.length();
  }

  private static int digits(String text, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    return i;
  }
}
