package io.proffer.api.audit;

import io.proffer.api.flags.Expecting;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** The flags of the audit log, alike at master and agent. */
public final class AuditFlags {
  private static final String FILE = "--audit_log";

  @Option(
      names = FILE,
      paramLabel = "FILE",
      description =
          "Tell each call that changes something, and each that was refused, in a line of JSON at the"
              + " end of this file. SIGHUP opens it anew. Default: nowhere.")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--audit_log_queue",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "10000",
      paramLabel = "COUNT",
      description =
          "How many lines may wait to be written; more are dropped and counted (${DEFAULT-VALUE}).")
  private int queue;

  @Option(
      names = "--audit_log_refusals",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "100",
      paramLabel = "COUNT",
      description =
          "How many lines a second may tell of refused clients: those that are alike share one with"
              + " their number, and all beyond one more (${DEFAULT-VALUE}).")
  private int refusals;

  /** Opens it; empty where none is wanted. */
  public Optional<AuditLog> open() {
    return file.map(
        path -> AuditLog.open(FILE, path.toAbsolutePath().normalize(), queue, refusals));
  }

  /** As {@code /flags} shows them. */
  public SortedMap<String, String> shown() {
    var flags = new TreeMap<String, String>();
    file.ifPresent(path -> flags.put("audit_log", path.toString()));
    return flags;
  }
}
