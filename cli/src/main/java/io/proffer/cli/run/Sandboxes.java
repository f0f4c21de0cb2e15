package io.proffer.cli.run;

import io.proffer.cli.client.LogReader;
import io.proffer.cli.client.SandboxFiles;
import io.proffer.cli.client.TaskFiles;
import java.net.URI;

/**
 * Where the files of tasks are read: from their agents, or through the master. Whoever shows
 * credentials shows them to the master alone: an offer could name any address. Whoever believes the
 * master's certificate need not know those of agents.
 *
 * @param reader of an agent with this id, at this address
 * @param pageBytes when a piece is smaller than that, there is no more at the moment
 */
record Sandboxes(Reader reader, int pageBytes) {
  /** How one agent's files are read. */
  interface Reader {
    LogReader.Source at(String agentId, URI address);
  }

  static Sandboxes ofAgents() {
    var files = new SandboxFiles();
    return new Sandboxes(
        (id, address) -> (path, offset) -> files.read(address, path, offset),
        SandboxFiles.PAGE_BYTES);
  }

  /** A master gives as little as it likes at a time, so only nothing is the end. */
  static Sandboxes throughMaster(TaskFiles files) {
    return new Sandboxes((id, address) -> (path, offset) -> files.read(id, path, offset), 1);
  }
}
