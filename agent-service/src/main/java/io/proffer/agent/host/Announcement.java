package io.proffer.agent.host;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Collections;
import java.util.Optional;

/**
 * Under what address and name others reach the agent.
 *
 * @param ip a concrete address, never a wildcard
 */
public record Announcement(String ip, String hostname) {

  /**
   * Works out what to announce.
   *
   * @param bound the address the agent listens on, may be a wildcard
   * @param advertised the address it was told to announce
   * @param hostname the name it was told to announce
   * @param lookup whether the name is resolved from the address
   */
  public static Announcement of(
      String bound, Optional<String> advertised, Optional<String> hostname, boolean lookup) {
    var ip = advertised.orElseGet(() -> concrete(bound));
    var name =
        hostname.orElseGet(
            () -> lookup ? resolve(ip).getCanonicalHostName() : resolve(ip).getHostAddress());
    return new Announcement(resolve(ip).getHostAddress(), name);
  }

  /** Whether only this host reaches a bound address. */
  public boolean isLocal(String bound) {
    return resolve(bound).isLoopbackAddress();
  }

  private static String concrete(String bound) {
    if (!resolve(bound).isAnyLocalAddress()) {
      return bound;
    }
    return firstOfThisHost()
        .orElseThrow(
            () ->
                new HostException(
                    "--ip="
                        + bound
                        + " listens on all addresses, and none of them can be announced: say with"
                        + " --advertise_ip under which one this agent is reached"));
  }

  private static InetAddress resolve(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (IOException e) {
      throw new HostException(
          "'" + address + "' is not an address of this host: give one with --ip", e);
    }
  }

  private static Optional<String> firstOfThisHost() {
    try {
      for (var network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        if (!network.isUp() || network.isLoopback()) {
          continue;
        }
        for (var address : Collections.list(network.getInetAddresses())) {
          if (address instanceof Inet4Address && !address.isLinkLocalAddress()) {
            return Optional.of(address.getHostAddress());
          }
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
