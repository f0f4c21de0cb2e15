package io.proffer.cli.local;

import io.proffer.agent.AgentMain;
import io.proffer.api.flags.Flags;
import io.proffer.master.MasterMain;
import picocli.CommandLine;

/** The commands of the services, with their environment and properties file. */
public final class Services {
  private Services() {}

  public static CommandLine master() {
    return Flags.ofProcess().service("master", new MasterMain());
  }

  public static CommandLine agent() {
    return Flags.ofProcess().service("agent", new AgentMain());
  }
}
