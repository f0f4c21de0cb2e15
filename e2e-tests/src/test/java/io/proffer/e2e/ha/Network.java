package io.proffer.e2e.ha;

import io.proffer.e2e.deploy.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Hosts of one's own on this machine: a network namespace each, and between them and this host a
 * router, another one, that loses in silence what is cut. Tests run on this host, the first.
 *
 * <pre>
 *   here 10.N.0.2 --- 10.N.0.1 router 10.N.1.1 --- 10.N.1.2 host 1
 *                                     10.N.2.1 --- 10.N.2.2 host 2 ...
 * </pre>
 *
 * <p>Names carry the number of this process, so that runs do not meet, and a later run finds what
 * an earlier one that was killed left.
 */
final class Network implements AutoCloseable {
  private static final String OURS = "proffer-";
  private static final int FIRST_RANGE = 213;
  private static final int END_RANGE = 254;
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final Path scratch;
  private final String ip;
  private final String nsenter;
  private final String name = OURS + ProcessHandle.current().pid() + "-";
  private final String router = name + "router";
  private final int range;
  private final List<Host> hosts = new ArrayList<>();
  private final Set<Cut> cuts = new LinkedHashSet<>();

  private record Cut(Host from, Host to) {}

  private Network(Path scratch, String ip, String nsenter) {
    this.scratch = scratch;
    this.ip = ip;
    this.nsenter = nsenter;
    this.range = freeRange();
  }

  /**
   * Lays out so many hosts beside this one. The test that asks is skipped with a line where that
   * cannot be done: without root, in a container that may not, without iproute2.
   */
  static Network of(Path scratch, int hosts) {
    try {
      return made(scratch, hosts);
    } catch (Refused e) {
      Program.skipped(e.getMessage() + ": no network is cut");
      throw e;
    }
  }

  /** The same for a test that can do without, which gets none then, and a line says so. */
  static Optional<Network> ifPossible(Path scratch, int hosts) {
    try {
      return Optional.of(made(scratch, hosts));
    } catch (Refused e) {
      System.out.println("No network is cut: " + e.getMessage() + ".");
      return Optional.empty();
    }
  }

  private static Network made(Path scratch, int hosts) {
    if (!System.getProperty("user.name").equals("root")) {
      throw new Refused("only root makes network namespaces");
    }
    var network = new Network(scratch, found("ip"), found("nsenter"));
    try {
      network.sweep();
      network.layOut(hosts);
      return network;
    } catch (Refused e) {
      network.close();
      throw e;
    }
  }

  private static String found(String program) {
    return Program.found(program)
        .orElseThrow(() -> new Refused("there is no " + program + " on this host"));
  }

  /** What this host has not, or does not let us do. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String why) {
      super(why);
    }

    Refused(String command, String output) {
      this(command + ": " + output.strip());
    }
  }

  /** Host {@code index}; 0 is this one. */
  Host host(int index) {
    return hosts.get(index);
  }

  /** Hosts from one index to before another. */
  List<Host> hosts(int from, int to) {
    return List.copyOf(hosts.subList(from, to));
  }

  /** What the first says never arrives at the others from now on. */
  void silence(Host from, List<Host> others) {
    for (var to : others) {
      var cut = new Cut(from, to);
      if (cuts.add(cut)) {
        rule("add", cut);
      }
    }
  }

  /** Neither hears the other from now on. */
  void cut(Host one, List<Host> others) {
    silence(one, others);
    others.forEach(other -> silence(other, List.of(one)));
  }

  /** Everybody hears everybody again. */
  void heal() {
    cuts.forEach(cut -> rule("del", cut));
    cuts.clear();
  }

  /** A rule of routing without a route: no answer tells anybody that something was lost. */
  private void rule(String change, Cut cut) {
    must(
        "-n",
        router,
        "rule",
        change,
        "pref",
        "100",
        "from",
        cut.from().ip(),
        "to",
        cut.to().ip(),
        "blackhole");
  }

  private void layOut(int count) {
    must("netns", "add", router);
    enter(router, "echo 1 > /proc/sys/net/ipv4/ip_forward");
    for (var i = 0; i <= count; i++) {
      var inside = i == 0 ? "pf" + ProcessHandle.current().pid() : "eth0";
      var address = "10.%d.%d.".formatted(range, i);
      var where = i == 0 ? List.<String>of() : List.of("-n", name + i);
      var link = "host" + i;
      if (i == 0) {
        must("link", "add", inside, "type", "veth", "peer", "name", link, "netns", router);
        hosts.add(new Host(address + 2, List.of()));
      } else {
        must("netns", "add", name + i);
        must("-n", name + i, "link", "set", "lo", "up");
        must(
            "-n", router, "link", "add", link, "type", "veth", "peer", "name", inside, "netns",
            name + i);
        hosts.add(new Host(address + 2, List.of(nsenter, "--net=" + file(name + i))));
      }
      must("-n", router, "address", "add", address + "1/30", "dev", link);
      must("-n", router, "link", "set", link, "up");
      must(where, "address", "add", address + "2/30", "dev", inside);
      must(where, "link", "set", inside, "up");
      must(where, "route", "add", "10.%d.0.0/16".formatted(range), "via", address + 1);
    }
    // A cut that the kernel cannot make is found out now, and not in the middle.
    silence(host(0), List.of(host(1)));
    heal();
  }

  /** One that no route of this host goes into. */
  private int freeRange() {
    for (var candidate = FIRST_RANGE; candidate < END_RANGE; candidate++) {
      var routes = run(List.of(ip, "-4", "route", "show", "root", "10." + candidate + ".0.0/16"));
      if (routes.status() == 0 && routes.output().isBlank()) {
        return candidate;
      }
    }
    throw new AssertionError("no range of 10.0.0.0/8 is free here");
  }

  /** Namespaces of runs that are no more; their links go with them. */
  private void sweep() {
    for (var found : spaces()) {
      var pid = found.substring(OURS.length()).split("-", -1)[0];
      if (pid.matches("[0-9]+") && ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
        must("netns", "delete", found);
      }
    }
  }

  private List<String> spaces() {
    return run(List.of(ip, "netns", "list"))
        .output()
        .lines()
        .map(line -> line.split(" ", -1)[0])
        .filter(found -> found.startsWith(OURS))
        .toList();
  }

  private static String file(String space) {
    return "/run/netns/" + space;
  }

  private void enter(String space, String script) {
    var outcome = run(List.of(nsenter, "--net=" + file(space), "sh", "-c", script));
    if (outcome.status() != 0) {
      throw new Refused(script, outcome.output());
    }
  }

  private void must(List<String> where, String... words) {
    must(Stream.concat(where.stream(), Arrays.stream(words)).toArray(String[]::new));
  }

  private void must(String... words) {
    var command = new ArrayList<>(List.of(ip));
    command.addAll(List.of(words));
    var outcome = run(command);
    if (outcome.status() != 0) {
      throw new Refused(String.join(" ", command), outcome.output());
    }
  }

  private Program.Outcome run(List<String> command) {
    return Program.run(scratch, LIMIT, Map.of(), command.toArray(String[]::new));
  }

  /** All namespaces of this run, and with them each link, also the one to this host. */
  @Override
  public void close() {
    for (var found : spaces()) {
      if (found.startsWith(name)) {
        must("netns", "delete", found);
      }
    }
  }
}
