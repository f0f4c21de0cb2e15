package io.proffer.master;

import io.proffer.api.flags.Bytes;
import io.proffer.api.flags.Durations;
import io.proffer.api.flags.Expecting;
import io.proffer.api.flags.WrongFlagException;
import io.proffer.api.zookeeper.ZooKeeperUrl;
import io.proffer.master.registry.zookeeper.RegistryLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import picocli.CommandLine.Option;

/** The flags of a master that has others beside it. */
final class HaTuning {
  /** What a master does with requests while another leads. */
  enum Standby {
    /** It forwards them to the leader, and its answers back. */
    proxy,
    /** It says where the leader is (307), as the reference does. */
    redirect
  }

  private static final int SMALLEST_REQUEST = 64 * 1024;
  private static final Duration SHORTEST_SESSION = Duration.ofSeconds(1);

  private static final String ZK_SSL = "--zk_ssl";

  private static final String IN_CLEAR =
      "--ssl_cert_file does not protect what goes to ZooKeeper (--zk), its password too: it is plain"
          + " TCP. Give --zk_ssl, when its servers speak TLS; else keep it in a network that nobody"
          + " else can listen to or reach, or in a tunnel"
          + " (docs/security.md, \"Between masters, and ZooKeeper\")";

  @Option(
      names = "--zk",
      paramLabel = "URL",
      description =
          "The ZooKeeper by which masters elect their leader and in which it keeps the registry:"
              + " zk://[user:password@]host1:2181,host2:2181,host3:2181/path, the same for all"
              + " masters, agents and commands of a cluster. Without it this master is alone.")
  private Optional<String> zk = Optional.empty();

  @Option(
      names = ZK_SSL,
      defaultValue = "false",
      description =
          "Speak TLS to ZooKeeper, with the certificates of --ssl_cert_file, --ssl_ca_file and so"
              + " on: --zk names ports where its servers do (${DEFAULT-VALUE}).")
  private boolean zkSsl;

  @Option(
      names = "--zk_session_timeout",
      converter = Expecting.Positive.class,
      paramLabel = "DURATION",
      defaultValue = "10secs",
      description =
          "How long ZooKeeper waits for a word of a master before another may lead; a leader that"
              + " cannot reach it stops before (${DEFAULT-VALUE}).")
  private Duration sessionTimeout;

  @Option(
      names = "--cluster_port",
      converter = Expecting.PortToBind.class,
      paramLabel = "PORT",
      defaultValue = "0",
      description =
          "Port at which masters tell each other of themselves ('proffer masters'), beside --zk; 0"
              + " for any free one (${DEFAULT-VALUE}).")
  private int clusterPort;

  @Option(
      names = "--max_clock_difference",
      converter = Expecting.Positive.class,
      paramLabel = "DURATION",
      defaultValue = "1mins",
      description =
          "How far the clocks of two masters may be apart until the log and 'proffer masters' say"
              + " so (${DEFAULT-VALUE}).")
  private Duration clocksApart;

  @Option(
      names = "--standby",
      paramLabel = "HOW",
      defaultValue = "proxy",
      description =
          "What a master does with requests while another leads: proxy forwards them, redirect"
              + " answers 307 with the leader's address (${DEFAULT-VALUE}).")
  private Standby standby;

  @Option(
      names = "--standby_connections",
      converter = Expecting.AtLeastOne.class,
      paramLabel = "N",
      defaultValue = "20000",
      description =
          "How many requests and streams a standby forwards at once, and how many calls wait for"
              + " --recovery_patience; more are answered with 503 (${DEFAULT-VALUE}).")
  private int standbyConnections;

  @Option(
      names = "--recovery_patience",
      paramLabel = "DURATION",
      defaultValue = "5secs",
      description =
          "How long calls may wait while a master that was just elected reads the registry; then"
              + " they are answered with 503, as all are at once with 0secs (${DEFAULT-VALUE}).")
  private Duration recoveryPatience;

  @Option(
      names = "--registry_request_bytes",
      converter = Expecting.InMemory.class,
      paramLabel = "SIZE",
      defaultValue = "768KB",
      description =
          "The largest request to ZooKeeper; more is written in pieces. jute.maxbuffer of all its"
              + " servers must be larger, 1 MB unless set (${DEFAULT-VALUE}).")
  private Bytes requestBytes;

  /** Where masters elect their leader; empty for a master that is alone. */
  Optional<ZooKeeperUrl> zk() {
    try {
      var url = zk.map(ZooKeeperUrl::parse);
      if (url.filter(HaTuning::isOfZooKeeperItself).isPresent()) {
        throw new WrongFlagException(
            "--zk",
            "Expected a path for the cluster, but got %s, which ZooKeeper keeps for itself"
                .formatted(url.get().path()));
      }
      return url;
    } catch (IllegalArgumentException e) {
      throw new WrongFlagException("--zk", e.getMessage(), e);
    }
  }

  /** Whether ZooKeeper is spoken to by TLS. */
  boolean zkSsl() {
    if (zkSsl && zk.isEmpty()) {
      throw new WrongFlagException(ZK_SSL, "Expected --zk=zk://HOST:PORT/PATH beside it");
    }
    return zkSsl;
  }

  private static boolean isOfZooKeeperItself(ZooKeeperUrl url) {
    return (url.path() + "/").startsWith("/zookeeper/");
  }

  /**
   * What to tell who runs masters beside each other.
   *
   * @param encrypted whether --ssl_cert_file and its like protect this master's port
   */
  List<String> warnings(Announcement announced, boolean encrypted) {
    var all = new ArrayList<String>();
    warning(announced).ifPresent(all::add);
    if (encrypted && !zkSsl) {
      all.add(IN_CLEAR);
    }
    return all;
  }

  /**
   * What to tell who runs masters on several hosts and has this one announce an address that means
   * another host on each of them.
   */
  private Optional<String> warning(Announcement announced) {
    var elsewhere =
        zk().stream()
            .flatMap(url -> url.servers().stream())
            .filter(server -> !server.matches("(localhost|127\\.[0-9.]+|\\[::1]):\\d+"))
            .findFirst();
    return elsewhere
        .filter(server -> announced.ip().isLoopbackAddress())
        .map(
            server ->
                "This master announces %s, under which no other host reaches it, and --zk names another host, %s: masters, agents and clients elsewhere will not find it when it leads. Give an address of this host with --ip or --advertise_ip"
                    .formatted(announced.authority(), server));
  }

  Duration sessionTimeout() {
    if (sessionTimeout.compareTo(SHORTEST_SESSION) < 0) {
      throw new WrongFlagException(
          "--zk_session_timeout",
          "Expected at least %s, but got %s"
              .formatted(Durations.format(SHORTEST_SESSION), Durations.format(sessionTimeout)));
    }
    return sessionTimeout;
  }

  int clusterPort() {
    return clusterPort;
  }

  /** From what difference on the clock of another master is worth a warning. */
  Duration clocksApart() {
    return clocksApart;
  }

  Standby standby() {
    return standby;
  }

  int standbyConnections() {
    return standbyConnections;
  }

  /** How long, and how many, wait for a master that was just elected. */
  Antechamber antechamber(BiConsumer<Duration, Runnable> later) {
    return new Antechamber(recoveryPatience, standbyConnections, later);
  }

  /**
   * How much is asked of ZooKeeper at once.
   *
   * @param timeout of opening and reading
   */
  RegistryLimits registryLimits(Duration timeout) {
    if (requestBytes.value() < SMALLEST_REQUEST) {
      throw new WrongFlagException(
          "--registry_request_bytes",
          "Expected at least %d bytes, but got %d"
              .formatted(SMALLEST_REQUEST, requestBytes.value()));
    }
    return new RegistryLimits(Math.toIntExact(requestBytes.value()), timeout);
  }

  /** What {@code /flags} shows, without the password. */
  Map<String, String> shown() {
    var flags = new TreeMap<String, String>();
    zk().ifPresent(
            url -> {
              flags.put("zk", url.toString());
              flags.put("zk_ssl", Boolean.toString(zkSsl));
              flags.put("zk_session_timeout", Durations.format(sessionTimeout));
              flags.put("standby", standby.name());
            });
    return flags;
  }
}
