package io.proffer.agent.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Optional;

/** The fields that tell which software answers. */
public final class BuildInfo {
  /** What clients of the reference compare (decision 21). */
  public static final String VERSION = "1.11.0";

  private BuildInfo() {}

  /** Our own version; from the jar's manifest. */
  static String ownVersion() {
    return Optional.ofNullable(BuildInfo.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  /** Writes the fields of {@code /version}. */
  static void write(JsonGenerator out) throws IOException {
    out.writeStringField("build_date", "2026-01-01 00:00:00 UTC");
    out.writeNumberField("build_time", 1767225600.0);
    out.writeStringField("build_user", "proffer");
    out.writeStringField("proffer_version", ownVersion());
    out.writeStringField("version", VERSION);
  }
}
