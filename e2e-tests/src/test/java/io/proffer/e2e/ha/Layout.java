package io.proffer.e2e.ha;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What a cluster is laid out of: the hosts, and what is started on them.
 *
 * @param servers those of ZooKeeper
 * @param isLocal whether each master asks the server of ZooKeeper on its own host, and no other
 * @param jar the build that all begin with, where it is not the one under test
 */
record Layout(
    List<Host> servers,
    List<Host> masters,
    List<Host> agents,
    Optional<Path> jar,
    boolean isLocal,
    List<String> masterFlags,
    List<String> agentFlags) {
  private static final int SERVERS = 3;

  /** All on this host. */
  static Layout here(int masters, int agents) {
    return of(
        Collections.nCopies(SERVERS, Host.HERE),
        Collections.nCopies(masters, Host.HERE),
        Collections.nCopies(agents, Host.HERE));
  }

  /** On these hosts. */
  static Layout of(List<Host> servers, List<Host> masters, List<Host> agents) {
    return new Layout(servers, masters, agents, Optional.empty(), false, List.of(), List.of());
  }

  /** The same, begun with the jar of another build. */
  Layout begunWith(Path other) {
    return new Layout(
        servers, masters, agents, Optional.of(other), isLocal, masterFlags, agentFlags);
  }

  /** The same, with these flags of each master. */
  Layout withMasterFlags(String... flags) {
    return new Layout(servers, masters, agents, jar, isLocal, List.of(flags), agentFlags);
  }

  /** The same, with these flags of each agent. */
  Layout withAgentFlags(String... flags) {
    return new Layout(servers, masters, agents, jar, isLocal, masterFlags, List.of(flags));
  }

  /** The same, with each master bound to the server of its own host. */
  Layout local() {
    return new Layout(servers, masters, agents, jar, true, masterFlags, agentFlags);
  }
}
