package io.proffer.api.process;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import io.proffer.api.flags.WrongFlagException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * The log of this process in a file, beside the console, in the same form. When the file is large
 * enough it becomes {@code NAME.1}, that {@code NAME.2}, and so on.
 */
final class RollingLog implements AutoCloseable {
  /** Renaming more at each turn would hold up who logs. */
  static final int MOST_KEPT = 20;

  private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger: %msg%n";

  /** How often a writer looks at the size. */
  private static final Duration LOOK = Duration.buildBySeconds(1);

  private final Logger root;
  private final RollingFileAppender<ILoggingEvent> appender;

  private RollingLog(Logger root, RollingFileAppender<ILoggingEvent> appender) {
    this.root = root;
    this.appender = appender;
  }

  static RollingLog open(Path file, long maxBytes, int kept) {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      throw wrong(file, "logs of this process do not go through Logback");
    }
    if (file.toString().contains("%")) {
      // It would mean something in the pattern of the names of older files.
      throw wrong(file, "there is a % in its path; choose another");
    }
    try {
      Files.createDirectories(file.getParent());
    } catch (IOException e) {
      throw wrong(file, e.toString());
    }
    var appender = new RollingFileAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setName(file.toString());
    appender.setFile(file.toString());
    appender.setEncoder(encoder(context));
    appender.setTriggeringPolicy(size(context, maxBytes));
    appender.setRollingPolicy(names(context, appender, file, kept));
    appender.start();
    if (!appender.isStarted() || !Files.isWritable(file)) {
      appender.stop();
      throw wrong(file, "it cannot be written, or another service of this process does so");
    }
    var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(appender);
    return new RollingLog(root, appender);
  }

  @Override
  public void close() {
    root.detachAppender(appender);
    appender.stop();
  }

  private static PatternLayoutEncoder encoder(LoggerContext context) {
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.start();
    return encoder;
  }

  private static SizeBasedTriggeringPolicy<ILoggingEvent> size(
      LoggerContext context, long maxBytes) {
    var size = new SizeBasedTriggeringPolicy<ILoggingEvent>();
    size.setContext(context);
    size.setMaxFileSize(new FileSize(maxBytes));
    size.setCheckIncrement(LOOK);
    size.start();
    return size;
  }

  private static FixedWindowRollingPolicy names(
      LoggerContext context, RollingFileAppender<ILoggingEvent> of, Path file, int kept) {
    var names = new FixedWindowRollingPolicy();
    names.setContext(context);
    names.setParent(of);
    names.setFileNamePattern(file + ".%i");
    names.setMinIndex(1);
    names.setMaxIndex(kept);
    names.start();
    return names;
  }

  private static WrongFlagException wrong(Path file, String why) {
    return new WrongFlagException(
        LogFlags.DIRECTORY,
        "Expected a directory that this process may write to, but of '%s': %s"
            .formatted(file, why));
  }
}
