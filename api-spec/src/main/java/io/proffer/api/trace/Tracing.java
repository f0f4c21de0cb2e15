package io.proffer.api.trace;

import java.util.Optional;

/** Who follows tasks, and who tells a collector of them; neither where nobody asked for it. */
public record Tracing(Optional<TaskHops> hops, Optional<OtlpExporter> exporter)
    implements AutoCloseable {
  @Override
  public void close() {
    exporter.ifPresent(OtlpExporter::close);
  }
}
