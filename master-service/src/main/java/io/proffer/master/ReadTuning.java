package io.proffer.master;

import io.proffer.api.flags.Bytes;
import io.proffer.api.flags.Expecting;
import io.proffer.api.http.Niceness;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The flags of a master that say what it keeps for those who read. */
public final class ReadTuning {
  @Option(
      names = "--read_cache_bytes",
      paramLabel = "BYTES",
      defaultValue = "256MB",
      description =
          "How much of what /state and other reads show is kept encoded, so that each agent and task"
              + " is encoded once per change; 0B for nothing (${DEFAULT-VALUE}).")
  private Bytes readCacheBytes;

  @Option(
      names = "--read_cache_rest",
      converter = Expecting.Positive.class,
      defaultValue = "1mins",
      description =
          "What nobody read for this time is not kept; where there is need, for a quarter of it"
              + " (${DEFAULT-VALUE}).")
  private Duration readCacheRest;

  @Option(
      names = "--read_ahead_rows",
      converter = Expecting.Whole.class,
      defaultValue = "32768",
      description =
          "Until there are so many agents and tasks, /state is encoded whenever their number has"
              + " doubled, so that the code for it is compiled when somebody reads it; 0 for never"
              + " (${DEFAULT-VALUE}).")
  private int readAheadRows;

  @Option(
      names = "--operator_event_window_bytes",
      paramLabel = "BYTES",
      defaultValue = "64MB",
      description =
          "In how much memory, roughly, those of --operator_event_window are kept; of large ones"
              + " there are fewer then (${DEFAULT-VALUE}).")
  private Bytes operatorEventWindowBytes;

  @Option(
      names = "--reader_nice",
      converter = Nice.class,
      defaultValue = "19",
      description =
          "How far behind others the threads stand that word and pack what is read, from 0, beside"
              + " them, to 19, so that who reads takes no processor from who schedules; on Linux"
              + " (${DEFAULT-VALUE}).")
  private int readerNice;

  /** A place behind others, as the system counts them. */
  static final class Nice implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      var nice = new Expecting.Whole().convert(text);
      if (nice > Niceness.LAST) {
        throw new TypeConversionException(
            "Expected a whole number from 0 to %d, but got '%s'".formatted(Niceness.LAST, text));
      }
      return nice;
    }
  }

  int readerNice() {
    return readerNice;
  }

  long eventWindowBytes() {
    return operatorEventWindowBytes.value();
  }

  long cacheBytes() {
    return readCacheBytes.value();
  }

  int aheadRows() {
    return readAheadRows;
  }

  Duration rest() {
    return readCacheRest;
  }
}
