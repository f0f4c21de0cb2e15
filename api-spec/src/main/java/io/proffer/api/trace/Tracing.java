package io.proffer.api.trace;

import io.proffer.api.tls.TlsStore;
import java.util.Optional;

/** Who follows tasks, and who tells a collector of them; neither where nobody asked for it. */
public record Tracing(Optional<TaskHops> hops, Optional<OtlpExporter> exporter)
    implements AutoCloseable {
  /**
   * The certificates of this service count at the collector too, where the URL is one of https.
   *
   * @param tls empty where this service encrypts nothing
   */
  public void trust(Optional<TlsStore> tls) {
    exporter.ifPresent(collector -> tls.ifPresent(collector::trust));
  }

  @Override
  public void close() {
    exporter.ifPresent(OtlpExporter::close);
  }
}
