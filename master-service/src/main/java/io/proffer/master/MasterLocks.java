package io.proffer.master;

import io.proffer.api.auth.AclStore;
import io.proffer.api.auth.CredentialStore;
import io.proffer.api.auth.Keyring;
import io.proffer.api.auth.OwnCredential;
import io.proffer.api.endpoint.Access;
import io.proffer.api.flags.TextOrFile;
import io.proffer.api.flags.WrongFlagException;
import io.proffer.api.http.Door;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** The flags of a master that say who may come in, and what it shows to agents. */
public final class MasterLocks {
  private static final String READ_ONLY = "--authenticate_http_readonly";
  private static final String READ_WRITE = "--authenticate_http_readwrite";
  private static final String FRAMEWORKS = "--authenticate_http_frameworks";
  private static final String AGENTS = "--authenticate_agents";
  private static final String FOR_AGENTS = "--agent_http_credential";
  private static final String CREDENTIALS = "--credentials";
  private static final String ACLS = "--acls";

  @Option(
      names = READ_ONLY,
      defaultValue = "false",
      description = "Show nothing without credentials but health and version (${DEFAULT-VALUE}).")
  private boolean readOnly;

  @Option(
      names = READ_WRITE,
      defaultValue = "false",
      description =
          "Take no call of an operator, POST /api/v1, without credentials (${DEFAULT-VALUE}).")
  private boolean readWrite;

  @Option(
      names = FRAMEWORKS,
      defaultValue = "false",
      description = "Take no call of a framework without credentials (${DEFAULT-VALUE}).")
  private boolean frameworks;

  @Option(
      names = {"--authenticate_frameworks", "--authenticate"},
      defaultValue = "false",
      description = "The same: no framework speaks anything but HTTP here (${DEFAULT-VALUE}).")
  private boolean otherFrameworks;

  @Option(
      names = {AGENTS, "--authenticate_slaves"},
      defaultValue = "false",
      description = "Let no agent register without credentials (${DEFAULT-VALUE}).")
  private boolean agents;

  @Option(
      names = CREDENTIALS,
      paramLabel = "FILE",
      description =
          "Principals and their secrets: {\"credentials\": [{\"principal\": \"p\", \"secret\": \"s\"}]},"
              + " or lines like p s.")
  private Optional<Path> credentials = Optional.empty();

  @Option(
      names = FOR_AGENTS,
      paramLabel = "FILE",
      description =
          "What this master shows to agents when it reads files of sandboxes:"
              + " {\"principal\": \"p\", \"secret\": \"s\"}, or p s.")
  private Optional<Path> forAgents = Optional.empty();

  @Option(
      names = ACLS,
      paramLabel = "RULES",
      converter = TextOrFile.Converter.class,
      description =
          "Who may do what: rules in JSON, like {\"permissive\": false, \"run_tasks\": [...]}, or the"
              + " file that holds them. Default: everybody may do everything.")
  private Optional<TextOrFile> acls = Optional.empty();

  /** Reads the files. */
  Keyring keyring() {
    return new Keyring(
        credentials.map(file -> CredentialStore.open(CREDENTIALS, file)),
        forAgents.map(file -> OwnCredential.open(FOR_AGENTS, file)),
        acls.map(rules -> AclStore.open(ACLS, rules)));
  }

  /** The door that lets in those who have one of the credentials. */
  Door door(Keyring keyring) {
    var asked = new TreeMap<String, Access>();
    put(asked, READ_ONLY, readOnly, Access.READ_ONLY);
    put(asked, READ_WRITE, readWrite, Access.READ_WRITE);
    put(asked, FRAMEWORKS, frameworks || otherFrameworks, Access.FRAMEWORKS);
    put(asked, AGENTS, agents, Access.AGENTS);
    if (forAgents.isPresent() && !(agents && readOnly)) {
      // It is shown to any agent that registered, on behalf of anybody who may ask for a file.
      throw new WrongFlagException(
          FOR_AGENTS,
          "Expected %s and %s beside it: else any stranger could register as an agent and be shown it, or read with it what agents lock"
              .formatted(AGENTS, READ_ONLY));
    }
    return Door.of("master", asked, CREDENTIALS, keyring.known());
  }

  /** The flags as {@code /state} shows them: the files, never what is in them. */
  SortedMap<String, String> shown() {
    var flags = new TreeMap<String, String>();
    acls.ifPresent(rules -> flags.put("acls", rules.given()));
    forAgents.ifPresent(file -> flags.put("agent_http_credential", file.toString()));
    flags.put("authenticate_agents", Boolean.toString(agents));
    flags.put("authenticate_frameworks", Boolean.toString(otherFrameworks));
    flags.put("authenticate_http_frameworks", Boolean.toString(frameworks));
    flags.put("authenticate_http_readonly", Boolean.toString(readOnly));
    flags.put("authenticate_http_readwrite", Boolean.toString(readWrite));
    credentials.ifPresent(file -> flags.put("credentials", file.toString()));
    return flags;
  }

  /** Why it matters that the master can be reached from elsewhere; empty when it does not. */
  static Optional<String> warning(String address, Door door) {
    var open = new TreeMap<String, Access>();
    put(open, READ_ONLY, !door.locks(Access.READ_ONLY), Access.READ_ONLY);
    put(open, READ_WRITE, !door.locks(Access.READ_WRITE), Access.READ_WRITE);
    put(open, FRAMEWORKS, !door.locks(Access.FRAMEWORKS), Access.FRAMEWORKS);
    put(open, AGENTS, !door.locks(Access.AGENTS), Access.AGENTS);
    return open.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Listening on %s without %s: whoever reaches this port can %s. Put it behind a firewall, bind 127.0.0.1, or see docs/security.md"
                .formatted(
                    address,
                    String.join(", ", open.keySet()),
                    door.locks(Access.FRAMEWORKS)
                        ? "see or change what runs here"
                        : "run commands on the agents"));
  }

  private static void put(
      SortedMap<String, Access> asked, String flag, boolean wanted, Access access) {
    if (wanted) {
      asked.put(flag, access);
    }
  }
}
