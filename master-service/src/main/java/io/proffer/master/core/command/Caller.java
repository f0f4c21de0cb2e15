package io.proffer.master.core.command;

import io.proffer.api.acl.Rights;
import io.proffer.api.id.FrameworkId;
import java.util.Optional;

/**
 * Who makes a scheduler call other than SUBSCRIBE (scheduler-api, section 1, rows 11 to 16).
 *
 * @param framework the id the call carries
 * @param streamId the {@code Mesos-Stream-Id} header; empty when it was missing
 * @param rights what the one who calls may do
 * @param replyTo where the answer goes
 */
public record Caller(
    FrameworkId framework, Optional<String> streamId, Rights rights, ReplyTo replyTo) {
  /** The authenticated principal; empty without authentication. */
  public Optional<String> principal() {
    return rights.principal();
  }
}
