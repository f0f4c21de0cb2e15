package io.proffer.api.version;

import io.proffer.api.v1.VersionInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Properties;

/**
 * The versions masters and agents show. {@code version} is the reference's, because clients compare
 * it (decision 21); ours is extra.
 */
public final class Version {
  /** The version of the protocol, as the reference counts. */
  public static final String PROTOCOL = "1.11.0";

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

  private static final Properties BUILD = load();

  private Version() {}

  /** Our own version. */
  public static String proffer() {
    return BUILD.getProperty("version");
  }

  /** The commit it was built from. */
  public static String gitSha() {
    return BUILD.getProperty("revision");
  }

  /** Who built it. */
  public static String buildUser() {
    return "proffer";
  }

  /** When it was built, in seconds since 1970. */
  public static double buildTime() {
    return built().getEpochSecond();
  }

  /** The same for people. */
  public static String buildDate() {
    return DATE.format(built());
  }

  private static Instant built() {
    try {
      return Instant.parse(BUILD.getProperty("time"));
    } catch (DateTimeParseException e) {
      return Instant.EPOCH; // Compiled by hand: nobody filled the file in.
    }
  }

  /** All of it, as GET_VERSION answers. */
  public static VersionInfo info() {
    return VersionInfo.newBuilder()
        .setVersion(PROTOCOL)
        .setBuildDate(buildDate())
        .setBuildTime(buildTime())
        .setBuildUser(buildUser())
        .setGitSha(gitSha())
        .build();
  }

  private static Properties load() {
    var properties = new Properties();
    try (var in = Version.class.getResourceAsStream("build.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}
