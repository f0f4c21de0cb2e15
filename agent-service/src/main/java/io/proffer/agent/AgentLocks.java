package io.proffer.agent;

import io.proffer.api.auth.AclStore;
import io.proffer.api.auth.CredentialStore;
import io.proffer.api.auth.Keyring;
import io.proffer.api.auth.OwnCredential;
import io.proffer.api.auth.TokenKey;
import io.proffer.api.endpoint.Access;
import io.proffer.api.flags.TextOrFile;
import io.proffer.api.flags.WrongFlagException;
import io.proffer.api.http.Door;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** The flags of an agent that say who may come in, and what it shows to come in itself. */
public final class AgentLocks {
  private static final String READ_ONLY = "--authenticate_http_readonly";
  private static final String READ_WRITE = "--authenticate_http_readwrite";
  private static final String EXECUTORS = "--authenticate_http_executors";
  private static final String TOKEN_KEY = "--jwt_secret_key";
  private static final String CREDENTIALS = "--http_credentials";
  private static final String CREDENTIAL = "--credential";
  private static final String ACLS = "--acls";

  @Option(
      names = READ_ONLY,
      defaultValue = "false",
      description =
          "Show nothing, sandboxes included, without credentials but health and version"
              + " (${DEFAULT-VALUE}).")
  private boolean readOnly;

  @Option(
      names = READ_WRITE,
      defaultValue = "false",
      description =
          "Take no call of an operator, POST /api/v1, without credentials (${DEFAULT-VALUE}).")
  private boolean readWrite;

  @Option(
      names = CREDENTIALS,
      paramLabel = "FILE",
      description =
          "Principals and their secrets: {\"credentials\": [{\"principal\": \"p\", \"secret\": \"s\"}]},"
              + " or lines like p s.")
  private Optional<Path> credentials = Optional.empty();

  @Option(
      names = CREDENTIAL,
      paramLabel = "FILE",
      description =
          "What this agent shows to its master: {\"principal\": \"p\", \"secret\": \"s\"}, or p s.")
  private Optional<Path> credential = Optional.empty();

  @Option(
      names = EXECUTORS,
      defaultValue = "false",
      description =
          "Take no call of an executor without the token that it was started with; needs"
              + " --jwt_secret_key (${DEFAULT-VALUE}).")
  private boolean executors;

  @Option(
      names = {TOKEN_KEY, "--executor_secret_key"},
      paramLabel = "FILE",
      description =
          "A file of at least 32 bytes that nobody can guess, with which tokens of executors are"
              + " signed. With another file, executors that run are strangers.")
  private Optional<Path> tokenKey = Optional.empty();

  @Option(
      names = ACLS,
      paramLabel = "RULES",
      converter = TextOrFile.Converter.class,
      description =
          "Who may do what: rules in JSON, like {\"permissive\": false, \"access_sandboxes\": [...]},"
              + " or the file that holds them. Default: everybody may do everything.")
  private Optional<TextOrFile> acls = Optional.empty();

  /** Reads the files. */
  Keyring keyring() {
    return new Keyring(
        credentials.map(file -> CredentialStore.open(CREDENTIALS, file)),
        credential.map(file -> OwnCredential.open(CREDENTIAL, file)),
        acls.map(rules -> AclStore.open(ACLS, rules)));
  }

  /** Signs the tokens of executors; empty where they get none. */
  Optional<TokenKey> tokens() {
    return tokenKey.map(file -> TokenKey.open(TOKEN_KEY, file));
  }

  /** The door that lets in those who have one of the credentials, or a token. */
  Door door(Keyring keyring, Optional<TokenKey> tokens) {
    var asked = new TreeMap<String, Access>();
    if (readOnly) {
      asked.put(READ_ONLY, Access.READ_ONLY);
    }
    if (readWrite) {
      asked.put(READ_WRITE, Access.READ_WRITE);
    }
    var door = Door.of("agent", asked, CREDENTIALS, keyring.known());
    return executors
        ? door.forExecutors(
            tokens.orElseThrow(
                () ->
                    new WrongFlagException(
                        EXECUTORS,
                        "Expected %s=FILE beside it, with which their tokens are signed"
                            .formatted(TOKEN_KEY))))
        : door;
  }

  /** The flags as {@code /flags} shows them: the files, never what is in them. */
  SortedMap<String, String> shown() {
    var flags = new TreeMap<String, String>();
    acls.ifPresent(rules -> flags.put("acls", rules.given()));
    flags.put("authenticate_http_executors", Boolean.toString(executors));
    flags.put("authenticate_http_readonly", Boolean.toString(readOnly));
    flags.put("authenticate_http_readwrite", Boolean.toString(readWrite));
    credential.ifPresent(file -> flags.put("credential", file.toString()));
    credentials.ifPresent(file -> flags.put("http_credentials", file.toString()));
    tokenKey.ifPresent(file -> flags.put("jwt_secret_key", file.toString()));
    return flags;
  }

  /** Why it matters that the agent can be reached from elsewhere; empty when it does not. */
  Optional<String> warning(String address) {
    var open = new ArrayList<String>();
    if (!executors) {
      open.add(EXECUTORS);
    }
    if (!readOnly) {
      open.add(READ_ONLY);
    }
    if (!readWrite) {
      open.add(READ_WRITE);
    }
    return open.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Listening on %s without %s: whoever reaches this port can %s. Put it behind a firewall, bind 127.0.0.1, or see docs/security.md"
                .formatted(
                    address,
                    String.join(", ", open),
                    readOnly && readWrite
                        ? "speak for each executor whose ids it knows"
                        : "read the sandboxes of all tasks"));
  }
}
