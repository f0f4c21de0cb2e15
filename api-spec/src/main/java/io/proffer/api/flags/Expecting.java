package io.proffer.api.flags;

import java.time.Duration;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Values that not every number or duration is: {@code converter = Expecting.Port.class}. */
public final class Expecting {
  private static final int LAST_PORT = 65535;

  private Expecting() {}

  /** A whole number of at least 0: what every int flag takes that says nothing else. */
  public static final class Whole implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return between(text, 0, Integer.MAX_VALUE, "a whole number of at least 0");
    }
  }

  /** How many of something of which at least one is needed. */
  public static final class AtLeastOne implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return between(text, 1, Integer.MAX_VALUE, "a whole number of at least 1");
    }
  }

  /** A port to bind, 0 for any free one. */
  public static final class PortToBind implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return between(text, 0, LAST_PORT, "a port from 1 to 65535, or 0 for any free one");
    }
  }

  /** A port others connect to. */
  public static final class Port implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return between(text, 1, LAST_PORT, "a port from 1 to 65535");
    }
  }

  /**
   * A duration that timers can tell from nothing, which they count in milliseconds: a period, or a
   * wait that must be able to succeed.
   */
  public static final class Positive implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      var duration = duration(text);
      if (duration.toMillis() < 1) {
        throw new TypeConversionException("Expected at least 1ms, but got '" + text + "'");
      }
      return duration;
    }
  }

  /** A share of a whole. */
  public static final class Fraction implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      try {
        var number = Double.parseDouble(text);
        if (number >= 0 && number <= 1) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Said below.
      }
      throw new TypeConversionException("Expected a number from 0 to 1, but got '" + text + "'");
    }
  }

  /** An amount of bytes that one array holds. */
  public static final class InMemory implements ITypeConverter<Bytes> {
    @Override
    public Bytes convert(String text) {
      var bytes = bytes(text);
      if (bytes.value() < 1 || bytes.value() > Integer.MAX_VALUE) {
        throw new TypeConversionException(
            "Expected at least 1B and less than 2GB, but got '" + text + "'");
      }
      return bytes;
    }
  }

  /** How large a file may become that is not read as a whole; 0 for no limit. */
  public static final class FileLimit implements ITypeConverter<Bytes> {
    @Override
    public Bytes convert(String text) {
      return explained(text, Bytes::limitOfFile);
    }
  }

  static Duration duration(String text) {
    var duration = explained(text, Durations::parse);
    if (duration.isNegative()) {
      throw new TypeConversionException("Expected no negative duration, but got '" + text + "'");
    }
    return duration;
  }

  static Bytes bytes(String text) {
    return explained(text, Bytes::parse);
  }

  private static int between(String text, int least, int most, String expected) {
    try {
      int number = Integer.parseInt(text.strip());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException unreadable) {
      // Told below, like a number out of range.
    }
    throw new TypeConversionException("Expected " + expected + ", but got '" + text + "'");
  }

  private static <T> T explained(String text, Function<String, T> parse) {
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException wrong) {
      throw new TypeConversionException(wrong.getMessage());
    }
  }
}
