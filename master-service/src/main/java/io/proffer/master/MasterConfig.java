package io.proffer.master;

import io.proffer.api.flags.Expecting;
import io.proffer.api.flags.WrongFlagException;
import io.proffer.api.guard.PrecautionFlags;
import io.proffer.api.json.Domains;
import io.proffer.api.process.LogFlags;
import io.proffer.api.tls.TlsFlags;
import io.proffer.api.trace.TraceFlags;
import io.proffer.api.v1.DomainInfo;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags of a master, named as the reference's where the meaning is the same. */
public final class MasterConfig {
  /** Where the registry is kept. */
  public enum RegistryKind {
    /** In SQLite under the work directory. */
    sqlite,
    /** In ZooKeeper, for masters that elect their leader there. */
    zookeeper,
    /** The reference's name for a registry that lasts: sqlite here, or zookeeper with --zk. */
    replicated_log,
    /** Nowhere: it ends with the process. */
    in_memory
  }

  @Option(
      names = "--ip",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "Address to bind; 0.0.0.0 for all (${DEFAULT-VALUE}).")
  private String ip;

  @Option(
      names = "--port",
      converter = Expecting.PortToBind.class,
      paramLabel = "PORT",
      defaultValue = "5050",
      description = "Port to bind; 0 for any free one (${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--advertise_ip",
      paramLabel = "ADDRESS",
      description = "Address announced to others when it differs from the bound one.")
  private Optional<String> advertiseIp = Optional.empty();

  @Option(
      names = "--advertise_port",
      converter = Expecting.Port.class,
      paramLabel = "PORT",
      description = "Port announced to others when it differs from the bound one.")
  private Optional<Integer> advertisePort = Optional.empty();

  @Option(
      names = "--hostname",
      paramLabel = "NAME",
      description = "Host name announced. Default: resolved from the announced address.")
  private Optional<String> hostname = Optional.empty();

  @Option(
      names = "--hostname_lookup",
      defaultValue = "true",
      description = "Resolve the host name from the address; false announces the address itself.")
  private boolean hostnameLookup;

  @Option(
      names = "--work_dir",
      paramLabel = "DIR",
      description =
          "Where the registry is kept when it is sqlite, and what is over (--history_tasks). One"
              + " master per directory.")
  private Optional<Path> workDir = Optional.empty();

  @Option(
      names = "--registry",
      paramLabel = "KIND",
      description =
          "Where admitted agents and frameworks are kept: zookeeper, with --zk; sqlite, without; or"
              + " in_memory for throw-away clusters. The reference's replicated_log means the one"
              + " that lasts. Default: that one.")
  private Optional<RegistryKind> registry = Optional.empty();

  @Option(
      names = "--cluster",
      paramLabel = "NAME",
      description = "Name of the cluster, shown in /state.")
  private Optional<String> cluster = Optional.empty();

  @Option(
      names = "--roles",
      paramLabel = "ROLE,...",
      description = "The only roles frameworks may use. Default: any.")
  private Optional<String> roles = Optional.empty();

  @Option(
      names = "--weights",
      paramLabel = "ROLE=WEIGHT,...",
      description =
          "Weights of roles, kept in the registry when it has none yet; after that"
              + " UPDATE_WEIGHTS ('proffer weights') changes them. Default: 1 each.")
  private Optional<String> weights = Optional.empty();

  @Option(
      names = "--whitelist",
      paramLabel = "PATH",
      description =
          "A file with one host name a line: only agents on these hosts are offered; of an empty"
              + " file, none. It is read anew every five seconds. Default: all.")
  private Optional<String> whitelist = Optional.empty();

  @Option(
      names = "--root_submissions",
      defaultValue = "true",
      description = "Whether frameworks may run as user root (${DEFAULT-VALUE}).")
  private boolean rootSubmissions;

  @Option(
      names = "--domain",
      paramLabel = "JSON",
      description =
          "Where this master is, {\"fault_domain\": {\"region\": {\"name\": \"north\"}, \"zone\":"
              + " {\"name\": \"n1\"}}}; all masters of a cluster in one region. Agents of other regions"
              + " are offered to REGION_AWARE frameworks only. Default: nowhere, and agents may be"
              + " nowhere in particular too.")
  private Optional<String> domain = Optional.empty();

  @Option(
      names = "--require_agent_domain",
      description = "Refuse agents that do not say where they are (--domain).")
  private boolean requireAgentDomain;

  @Mixin private LogFlags logs = new LogFlags();

  @Mixin private MasterLocks locks = new MasterLocks();
  @Mixin private TlsFlags tls = new TlsFlags();

  @Option(
      names = "--rate_limits",
      paramLabel = "JSON",
      description =
          "Limits of principals, {\"limits\": [{\"principal\": \"p\", \"qps\": 10, \"capacity\":"
              + " 100}], \"aggregate_default_qps\": 5}, or the path of a file with it: so many"
              + " requests a second and so many at once; without qps as many as come; the aggregate"
              + " is of all frameworks together that are not listed.")
  private Optional<String> rateLimits = Optional.empty();

  @Mixin private PrecautionFlags precautions = new PrecautionFlags();

  @Mixin private HaTuning ha = new HaTuning();
  @Mixin private MasterTuning tuning = new MasterTuning();
  @Mixin private ReadTuning reads = new ReadTuning();
  @Mixin private HistoryTuning history = new HistoryTuning();
  @Mixin private ConstraintTuning constraints = new ConstraintTuning();
  @Mixin private LossTuning losses = new LossTuning();
  @Mixin private TraceFlags trace = new TraceFlags();

  /**
   * Where this master is, if it says so.
   *
   * @throws WrongFlagException when it is no domain
   */
  public Optional<DomainInfo> domain() {
    try {
      return domain.map(Domains::parse);
    } catch (IllegalArgumentException e) {
      throw new WrongFlagException("--domain", e.getMessage(), e);
    }
  }

  /** The region of this master. */
  public Optional<String> region() {
    return domain().map(where -> where.getFaultDomain().getRegion().getName());
  }

  /** Whether agents without a domain are refused. */
  public boolean requireAgentDomain() {
    return requireAgentDomain;
  }

  public String ip() {
    return ip;
  }

  public int port() {
    return port;
  }

  public Optional<String> advertiseIp() {
    return advertiseIp;
  }

  public Optional<Integer> advertisePort() {
    return advertisePort;
  }

  public Optional<String> hostname() {
    return hostname;
  }

  public boolean hostnameLookup() {
    return hostnameLookup;
  }

  /** Absolute; empty when it was not given. */
  public Optional<Path> workDir() {
    return workDir.map(dir -> dir.toAbsolutePath().normalize());
  }

  /** Where the registry is kept; never {@code replicated_log}. */
  public RegistryKind registry() {
    var lasting = ha.zk().isPresent() ? RegistryKind.zookeeper : RegistryKind.sqlite;
    return switch (registry.orElse(lasting)) {
      case replicated_log -> lasting;
      case in_memory -> RegistryKind.in_memory;
      case zookeeper -> {
        if (lasting != RegistryKind.zookeeper) {
          throw new WrongFlagException(
              "--registry", "Expected --zk beside it, with the URL of the ZooKeeper to keep it in");
        }
        yield lasting;
      }
      case sqlite -> {
        if (lasting != RegistryKind.sqlite) {
          throw new WrongFlagException(
              "--registry",
              "Expected zookeeper with --zk, or nothing, but got sqlite: of several masters each"
                  + " would know another cluster");
        }
        yield lasting;
      }
    };
  }

  /** Whether the reference's replicated log was asked for. */
  boolean asksForLog() {
    return registry.equals(Optional.of(RegistryKind.replicated_log));
  }

  /** What there is to say of other masters. */
  HaTuning ha() {
    return ha;
  }

  public Optional<String> cluster() {
    return cluster;
  }

  /** The whitelist of roles; empty for any. */
  public Optional<List<String>> roles() {
    return roles.map(list -> Arrays.stream(list.split(",", -1)).map(String::strip).toList());
  }

  /** Weights for a registry without, as they were given. */
  public Optional<String> weights() {
    return weights;
  }

  /** The file of hosts whose agents are offered; empty for all. */
  Optional<Path> whitelist() {
    return whitelist.map(path -> Path.of(path.replaceFirst("^file://", "")));
  }

  public boolean rootSubmissions() {
    return rootSubmissions;
  }

  /** Where the log goes. */
  LogFlags logs() {
    return logs;
  }

  /** Who may come in. */
  public MasterLocks locks() {
    return locks;
  }

  /** What it does about its clients. */
  PrecautionFlags precautions() {
    return precautions;
  }

  /** Limits of principals, as they were given. */
  Optional<String> rateLimits() {
    return rateLimits;
  }

  /** What is encrypted. */
  public TlsFlags tls() {
    return tls;
  }

  public MasterTuning tuning() {
    return tuning;
  }

  ReadTuning reads() {
    return reads;
  }

  ConstraintTuning constraints() {
    return constraints;
  }

  LossTuning losses() {
    return losses;
  }

  HistoryTuning history() {
    return history;
  }

  TraceFlags trace() {
    return trace;
  }
}
