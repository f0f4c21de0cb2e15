package io.proffer.agent.host;

import io.proffer.api.flags.WrongFlagException;
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
    var ip =
        advertised
            .map(address -> resolve(address, "--advertise_ip"))
            .orElseGet(() -> concrete(bound));
    var name = hostname.orElseGet(() -> lookup ? ip.getCanonicalHostName() : ip.getHostAddress());
    return new Announcement(ip.getHostAddress(), name);
  }

  /** Whether only this host reaches a bound address. */
  public boolean isLocal(String bound) {
    return resolve(bound, "--ip").isLoopbackAddress();
  }

  private static InetAddress concrete(String bound) {
    var address = resolve(bound, "--ip");
    if (!address.isAnyLocalAddress()) {
      return address;
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

  private static InetAddress resolve(String address, String flag) {
    try {
      return InetAddress.getByName(address);
    } catch (IOException e) {
      throw new WrongFlagException(
          flag, "Expected an address like 10.0.0.7, but got '" + address + "'", e);
    }
  }

  private static Optional<InetAddress> firstOfThisHost() {
    try {
      for (var network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        if (!network.isUp() || network.isLoopback()) {
          continue;
        }
        for (var address : Collections.list(network.getInetAddresses())) {
          if (address instanceof Inet4Address && !address.isLinkLocalAddress()) {
            return Optional.of(address);
          }
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
