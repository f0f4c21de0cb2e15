package io.proffer.master;

import io.proffer.api.flags.WrongFlagException;
import io.proffer.api.v1.Address;
import io.proffer.api.v1.DomainInfo;
import io.proffer.api.v1.MasterInfo;
import io.proffer.api.version.Version;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Under what address and name others reach the master.
 *
 * @param ip a concrete address, never a wildcard
 * @param domain where the master is, if it says so
 */
record Announcement(InetAddress ip, String hostname, int port, Optional<DomainInfo> domain) {

  /**
   * Works out what to announce.
   *
   * @param boundPort the port the master listens on
   */
  static Announcement of(MasterConfig config, int boundPort) {
    var ip =
        config.advertiseIp().map(Announcement::advertised).orElseGet(() -> concrete(config.ip()));
    var hostname =
        config
            .hostname()
            .orElseGet(
                () -> config.hostnameLookup() ? ip.getCanonicalHostName() : ip.getHostAddress());
    return new Announcement(
        ip, hostname, config.advertisePort().orElse(boundPort), config.domain());
  }

  /** How the master introduces itself (json-shapes, MasterInfo). */
  MasterInfo info(String id) {
    var info = MasterInfo.newBuilder();
    domain.ifPresent(info::setDomain);
    return info.setId(id)
        .setIp(packed())
        .setPort(port)
        .setPid("master@" + authority())
        .setHostname(hostname)
        .setVersion(Version.PROTOCOL)
        .setAddress(
            Address.newBuilder().setHostname(hostname).setIp(ip.getHostAddress()).setPort(port))
        .addAllCapabilities(
            List.of(
                capability(MasterInfo.Capability.Type.AGENT_UPDATE),
                capability(MasterInfo.Capability.Type.AGENT_DRAINING),
                capability(MasterInfo.Capability.Type.QUOTA_V2)))
        .build();
  }

  /** {@code ADDRESS:PORT} as it stands in a URL, which wants brackets around IPv6. */
  String authority() {
    var address = ip.getHostAddress();
    return (ip instanceof Inet4Address ? address : "[" + address + "]") + ":" + port;
  }

  /** The address in network byte order, read as a little-endian number; 0 for IPv6. */
  private int packed() {
    if (!(ip instanceof Inet4Address)) {
      return 0;
    }
    var bytes = ip.getAddress();
    return (bytes[0] & 0xff)
        | (bytes[1] & 0xff) << 8
        | (bytes[2] & 0xff) << 16
        | (bytes[3] & 0xff) << 24;
  }

  private static MasterInfo.Capability capability(MasterInfo.Capability.Type type) {
    return MasterInfo.Capability.newBuilder().setType(type).build();
  }

  /** The address a flag gives. */
  static InetAddress resolve(String address, String flag) {
    try {
      return InetAddress.getByName(address);
    } catch (IOException e) {
      throw new WrongFlagException(
          flag, "Expected an address like 10.0.0.7, but got '" + address + "'", e);
    }
  }

  private static InetAddress advertised(String text) {
    var address = resolve(text, "--advertise_ip");
    if (address.isAnyLocalAddress()) {
      throw new WrongFlagException(
          "--advertise_ip",
          "Expected the one address under which others reach this master, but got '"
              + text
              + "', which stands for all of them");
    }
    return address;
  }

  private static InetAddress concrete(String bound) {
    var address = resolve(bound, "--ip");
    if (!address.isAnyLocalAddress()) {
      return address;
    }
    return firstOfThisHost()
        .orElseThrow(
            () ->
                new StartException(
                    "--ip="
                        + bound
                        + " listens on all addresses, and none of them can be announced: say with"
                        + " --advertise_ip under which one this master is reached"));
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
      throw new StartException(
          "The addresses of this host cannot be read (" + e.getMessage() + "): give --advertise_ip",
          e);
    }
  }
}
