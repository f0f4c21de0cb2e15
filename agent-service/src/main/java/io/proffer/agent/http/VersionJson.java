package io.proffer.agent.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.proffer.api.json.JsonNumbers;
import io.proffer.api.version.Version;
import java.io.IOException;

/** The fields that tell which software answers. */
final class VersionJson {
  private VersionJson() {}

  /** In the order of {@code /version}. */
  static void write(JsonGenerator out) throws IOException {
    out.writeStringField("build_date", Version.buildDate());
    JsonNumbers.writeField("build_time", Version.buildTime(), out);
    out.writeStringField("build_user", Version.buildUser());
    out.writeStringField("git_sha", Version.gitSha());
    out.writeStringField("proffer_version", Version.proffer());
    out.writeStringField("version", Version.PROTOCOL);
  }

  /** In the order of {@code /state}. */
  static void writeInState(JsonGenerator out) throws IOException {
    out.writeStringField("version", Version.PROTOCOL);
    out.writeStringField("proffer_version", Version.proffer());
    out.writeStringField("git_sha", Version.gitSha());
    out.writeStringField("build_date", Version.buildDate());
    JsonNumbers.writeField("build_time", Version.buildTime(), out);
    out.writeStringField("build_user", Version.buildUser());
  }
}
