package io.proffer.agent.core.fact;

import io.proffer.api.v1.AgentInfo;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What stays true of one run of an agent.
 *
 * @param info what it announces, without id
 * @param ip the address it announces
 * @param workDir absolute path of the root of all sandboxes
 * @param socket absolute path of a unix domain socket on which executors reach the agent too
 * @param launcherDir absolute path that command executors are said to come from
 * @param environment given to every executor, before all else; empty when it is only PATH
 * @param version of the software, as clients of the reference compare it
 * @param startedSeconds wall time of the start, seconds since 1970
 */
public record AgentFacts(
    AgentInfo info,
    String ip,
    String workDir,
    Optional<String> socket,
    String launcherDir,
    SortedMap<String, String> environment,
    String version,
    double startedSeconds) {

  /** {@code IP:PORT} under which others reach the agent. */
  public String endpoint() {
    return ip + ":" + info.getPort();
  }
}
