package io.proffer.api.http;

import io.proffer.api.limit.RequestLimits;
import io.proffer.api.limit.WrongSecrets;
import java.io.IOException;
import java.util.Optional;

/**
 * What a service does about its clients beside asking who they are.
 *
 * @param limits how many requests they may make
 * @param secrets how many wrong secrets they may show
 * @param audit where it is told what they change
 */
public record Precautions(
    Optional<RequestLimits> limits, Optional<WrongSecrets> secrets, Optional<AuditTrail> audit)
    implements AutoCloseable {
  /** None. */
  public static Precautions none() {
    return new Precautions(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** What SIGHUP asks for: this, and that the file of the audit log is opened anew. */
  public Optional<Runnable> onHangup(Optional<Runnable> other) {
    return audit
        .<Runnable>map(
            trail ->
                () -> {
                  trail.log().reopen();
                  other.ifPresent(Runnable::run);
                })
        .or(() -> other);
  }

  @Override
  public void close() throws IOException {
    if (audit.isPresent()) {
      audit.get().log().close();
    }
  }
}
