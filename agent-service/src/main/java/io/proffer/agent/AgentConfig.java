package io.proffer.agent;

import io.proffer.agent.sandbox.SandboxFiles;
import io.proffer.api.files.LogFile;
import io.proffer.api.flags.AsItStands;
import io.proffer.api.flags.Expecting;
import io.proffer.api.guard.PrecautionFlags;
import io.proffer.api.process.LogFlags;
import io.proffer.api.tls.TlsFlags;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags of an agent, named as the reference's where the meaning is the same. */
public final class AgentConfig {
  @Option(
      names = "--master",
      required = true,
      converter = AsItStands.class,
      paramLabel = "MASTERS",
      description =
          "Master to register with: HOST:PORT; a comma list of them;"
              + " zk://[USER:PASSWORD@]HOST:PORT,.../PATH, where they say who leads; or file://PATH"
              + " of one of these, read anew for each attempt.")
  private String master;

  @Option(
      names = "--zk_session_timeout",
      converter = Expecting.Positive.class,
      paramLabel = "DURATION",
      defaultValue = "10secs",
      description =
          "After so long without a word of ZooKeeper there is no master (${DEFAULT-VALUE}).")
  private Duration zkSessionTimeout;

  @Option(
      names = "--zk_ssl",
      defaultValue = "false",
      description =
          "Speak TLS to ZooKeeper, with the certificates of --ssl_cert_file, --ssl_ca_file and so"
              + " on: the URL of --master names ports where its servers do (${DEFAULT-VALUE}).")
  private boolean zkSsl;

  @Option(
      names = "--work_dir",
      required = true,
      paramLabel = "DIR",
      description = "Root of sandboxes and of what the agent keeps. One agent per directory.")
  private Path workDir;

  @Option(
      names = "--runtime_dir",
      paramLabel = "DIR",
      description =
          "What must not survive a reboot; on a file system that may run programs. One agent per"
              + " directory. Default: WORK_DIR/runtime.")
  private Optional<Path> runtimeDir = Optional.empty();

  @Option(
      names = "--ip",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "Address to bind (${DEFAULT-VALUE}).")
  private String ip;

  @Option(
      names = "--port",
      converter = Expecting.PortToBind.class,
      paramLabel = "PORT",
      defaultValue = "5051",
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
      names = "--resources",
      paramLabel = "RESOURCES",
      description =
          "Total resources, as cpus:4;mem:4096;ports:[31000-32000] or JSON. What is missing is"
              + " detected.")
  private Optional<String> resources = Optional.empty();

  @Option(
      names = "--default_role",
      paramLabel = "ROLE",
      defaultValue = "*",
      description = "Role of resources that name none (${DEFAULT-VALUE} = unreserved).")
  private String defaultRole;

  @Option(
      names = "--domain",
      paramLabel = "JSON",
      description =
          "Where this agent is, {\"fault_domain\": {\"region\": {\"name\": \"north\"}, \"zone\":"
              + " {\"name\": \"n1\"}}}. Only for masters that say where they are.")
  private Optional<String> domain = Optional.empty();

  @Option(
      names = "--attributes",
      paramLabel = "ATTRIBUTES",
      defaultValue = "",
      description = "Attributes, as rack:a1;slots:4.")
  private String attributes;

  @Option(
      names = "--launcher_dir",
      paramLabel = "DIR",
      defaultValue = "/usr/local/libexec/mesos",
      description = "Directory that command executors are said to come from (${DEFAULT-VALUE}).")
  private String launcherDir;

  @Option(
      names = "--switch_user",
      defaultValue = "true",
      description = "Run tasks as the user they ask for; false runs them as the agent's user.")
  private boolean switchUser;

  @Option(
      names = "--executor_environment_variables",
      paramLabel = "JSON",
      defaultValue = "{}",
      description = "Environment of executors, a JSON object of strings. PATH has a default.")
  private String executorEnvironmentVariables;

  @Option(
      names = "--http_executor_domain_sockets",
      defaultValue = "false",
      description =
          "Executors may reach the agent by a unix domain socket too (MESOS_DOMAIN_SOCKET).")
  private boolean httpExecutorDomainSockets;

  @Option(
      names = "--domain_socket_location",
      paramLabel = "FILE",
      description = "That socket. Default: RUNTIME_DIR/agent.sock.")
  private Optional<Path> domainSocketLocation = Optional.empty();

  @Option(
      names = "--recover",
      paramLabel = "HOW",
      defaultValue = "reconnect",
      description =
          "What becomes of tasks that an earlier run left: reconnect takes them over; cleanup ends"
              + " them, and then the agent (${DEFAULT-VALUE}).")
  private RecoverMode recover;

  @Option(
      names = "--reconfiguration_policy",
      paramLabel = "POLICY",
      defaultValue = "equal",
      description =
          "What may differ from an earlier run on this --work_dir that did not stop in order: equal,"
              + " nothing; additive, resources and attributes may be added. After a restart of the"
              + " host, what may not differ makes it a new agent (${DEFAULT-VALUE}).")
  private ReconfigurationPolicy reconfigurationPolicy;

  @Mixin private AgentLocks locks = new AgentLocks();

  @Mixin private LogFlags logs = new LogFlags();
  @Mixin private PrecautionFlags precautions = new PrecautionFlags();
  @Mixin private TlsFlags tls = new TlsFlags();

  @Mixin private AgentTuning tuning = new AgentTuning();

  /** Who may come in. */
  public AgentLocks locks() {
    return locks;
  }

  /** The log, as it is shown. */
  LogFile log() {
    return new LogFile("/slave/log", logs.shownFile("agent"));
  }

  /** The sandboxes, as they are shown. */
  SandboxFiles sandboxes() {
    return new SandboxFiles(workDir(), tuning.maxDirectoryEntries());
  }

  /** Where the log goes. */
  LogFlags logs() {
    return logs;
  }

  /** What it does about its clients. */
  PrecautionFlags precautions() {
    return precautions;
  }

  /** What is encrypted. */
  public TlsFlags tls() {
    return tls;
  }

  /** Where masters are; may hold a password. */
  String master() {
    return master;
  }

  /** How long ZooKeeper may be silent. */
  Duration zkSessionTimeout() {
    return zkSessionTimeout;
  }

  /** Whether ZooKeeper is spoken to by TLS. */
  boolean zkSsl() {
    return zkSsl;
  }

  /** Root of all sandboxes, absolute. */
  public Path workDir() {
    return workDir.toAbsolutePath().normalize();
  }

  /** Root of what supervisors leave, absolute. */
  public Path runtimeDir() {
    return runtimeDir.orElseGet(() -> workDir().resolve("runtime")).toAbsolutePath().normalize();
  }

  /** Address to bind. */
  public String ip() {
    return ip;
  }

  /** Port to bind; 0 for any. */
  public int port() {
    return port;
  }

  /** Address to announce, when it was given. */
  public Optional<String> advertiseIp() {
    return advertiseIp;
  }

  /** Port to announce, when it was given. */
  public Optional<Integer> advertisePort() {
    return advertisePort;
  }

  /** Host name to announce, when it was given. */
  public Optional<String> hostname() {
    return hostname;
  }

  /** Whether the host name is resolved from the address. */
  public boolean hostnameLookup() {
    return hostnameLookup;
  }

  /** Resources as text, when they were given. */
  public Optional<String> resources() {
    return resources;
  }

  /** Role of resources that name none. */
  public String defaultRole() {
    return defaultRole;
  }

  /** Where the agent is, as JSON. */
  public Optional<String> domain() {
    return domain;
  }

  /** Attributes as text. */
  public String attributes() {
    return attributes;
  }

  /** What becomes of tasks that an earlier run left. */
  public RecoverMode recover() {
    return recover;
  }

  /** What may differ from an earlier run. */
  public ReconfigurationPolicy reconfigurationPolicy() {
    return reconfigurationPolicy;
  }

  /** A unix domain socket on which executors reach the agent too. */
  public Optional<Path> executorSocket() {
    return httpExecutorDomainSockets
        ? Optional.of(
            domainSocketLocation
                .orElseGet(() -> runtimeDir().resolve("agent.sock"))
                .toAbsolutePath()
                .normalize())
        : Optional.empty();
  }

  /** Where command executors are said to come from. */
  public String launcherDir() {
    return launcherDir;
  }

  /** Whether tasks run as the user they ask for. */
  public boolean switchUser() {
    return switchUser;
  }

  /** Environment of executors, as a JSON object. */
  public String executorEnvironmentVariables() {
    return executorEnvironmentVariables;
  }

  /** Times and limits. */
  public AgentTuning tuning() {
    return tuning;
  }
}
