package io.proffer.e2e.deploy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A host that systemd runs: the programs of this one, read only, in a container with a network, an
 * {@code /etc} and a {@code /var} of its own, where proffer is installed as the README says.
 */
final class BootedHost implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What root has in most sandboxes. Without CAP_SYS_RESOURCE, so limits cannot be raised. */
  private static final List<String> CAPABILITIES =
      List.of(
          "CAP_CHOWN",
          "CAP_DAC_OVERRIDE",
          "CAP_DAC_READ_SEARCH",
          "CAP_FOWNER",
          "CAP_FSETID",
          "CAP_KILL",
          "CAP_MKNOD",
          "CAP_NET_ADMIN",
          "CAP_NET_BIND_SERVICE",
          "CAP_SETFCAP",
          "CAP_SETGID",
          "CAP_SETPCAP",
          "CAP_SETUID",
          "CAP_SYS_ADMIN",
          "CAP_SYS_CHROOT",
          "CAP_SYS_NICE",
          "CAP_SYS_PTRACE");

  /** Of this host's units, what a container has no use for: an empty file is in their place. */
  private static final List<String> MASKED =
      List.of(
          "getty.target",
          "systemd-logind.service",
          "systemd-networkd.service",
          "systemd-resolved.service",
          "systemd-timesyncd.service",
          "systemd-udevd.service",
          "systemd-udev-trigger.service",
          "dev-hugepages.mount",
          "sys-kernel-debug.mount",
          "sys-kernel-tracing.mount");

  private final String runc;
  private final String id = "proffer-test-" + ProcessHandle.current().pid() + "-host";
  private final Path bundle;
  private final Process process;

  private BootedHost(String runc, Path bundle) throws IOException {
    this.runc = runc;
    this.bundle = bundle;
    this.process =
        new ProcessBuilder(runc, "run", "--bundle", bundle.toString(), id)
            .redirectErrorStream(true)
            .redirectOutput(bundle.resolve("log.txt").toFile())
            .start();
  }

  /** Installs proffer on it, and boots it; its services are enabled. */
  static BootedHost boot(String runc, Path bundle, Path jar) {
    try {
      var root = bundle.resolve("rootfs");
      layOut(root);
      install(root, jar);
      Program.run(bundle, runc, "spec", "--bundle", bundle.toString());
      var config = (ObjectNode) JSON.readTree(bundle.resolve("config.json").toFile());
      configure(config);
      JSON.writeValue(bundle.resolve("config.json").toFile(), config);
      return new BootedHost(runc, bundle);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void layOut(Path root) throws IOException {
    for (var directory : List.of("usr", "run", "tmp", "var/lib", "var/log", "proc", "sys", "dev")) {
      Files.createDirectories(root.resolve(directory));
    }
    for (var link : List.of("bin", "sbin", "lib", "lib64")) {
      Files.createSymbolicLink(root.resolve(link), Path.of("usr", link));
    }
    write(root, "etc/machine-id", "");
    write(root, "etc/hosts", "127.0.0.1 localhost\n");
    write(
        root,
        "etc/passwd",
        """
        root:x:0:0::/root:/bin/sh
        proffer:x:5050:5050::/var/lib/proffer-master:/bin/false
        nobody:x:65534:65534::/nonexistent:/bin/false
        """);
    write(root, "etc/group", "root:x:0:\nproffer:x:5050:\nnogroup:x:65534:\n");
    for (var unit : MASKED) {
      write(root, "etc/systemd/system/" + unit, "");
    }
  }

  private static void install(Path root, Path jar) throws IOException {
    var prefix = Files.createDirectories(root.resolve("opt/proffer"));
    Files.createDirectories(prefix.resolve("java"));
    Files.createDirectories(prefix.resolve("bin"));
    Files.createDirectories(prefix.resolve("lib"));
    Files.copy(Deployment.file("proffer"), prefix.resolve("bin/proffer"));
    Program.run(prefix, "chmod", "755", "bin/proffer");
    Files.copy(jar, prefix.resolve("lib/proffer.jar"));
    for (var service : List.of("master", "agent")) {
      var unit = "proffer-" + service + ".service";
      write(root, "etc/systemd/system/" + unit, Deployment.text("systemd/" + unit));
      // Nobody may raise limits in a container.
      write(
          root,
          "etc/systemd/system/" + unit + ".d/limits.conf",
          "[Service]\nLimitNOFILE=4096\nLimitCORE=0\nOOMScoreAdjust=0\n");
      var wants = root.resolve("etc/systemd/system/multi-user.target.wants");
      Files.createDirectories(wants);
      Files.createSymbolicLink(wants.resolve(unit), Path.of("..", unit));
      write(root, "etc/proffer/" + service + ".env", alone(service));
    }
  }

  /** The environment file as it is here, but for where the others are: there are no others. */
  private static String alone(String service) {
    return Deployment.text("systemd/" + service + ".env")
        .replaceAll("(?m)^PROFFER_ZK=.*$", "")
        .replaceAll("(?m)^PROFFER_MASTER=.*$", "PROFFER_MASTER=127.0.0.1:5050")
        .replaceAll("(?m)^PROFFER_IP=.*$", "PROFFER_IP=127.0.0.1")
        .replace("-Xmx4g", "-Xmx512m");
  }

  private static void write(Path root, String name, String text) throws IOException {
    var file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static void configure(ObjectNode config) {
    ((ObjectNode) config.get("root")).put("readonly", false);
    var process = (ObjectNode) config.get("process");
    process.put("terminal", false).put("noNewPrivileges", false);
    process.putObject("user").put("uid", 0).put("gid", 0);
    process
        .putArray("args")
        .add("/lib/systemd/systemd")
        .add("--unit=multi-user.target")
        .add("--log-target=console")
        .add("--show-status=false");
    ((ArrayNode) process.get("env")).add("container=runc");
    var limit = process.putArray("rlimits").addObject();
    limit.put("type", "RLIMIT_NOFILE").put("hard", 4096).put("soft", 1024);
    var capabilities = process.putObject("capabilities");
    for (var set : List.of("bounding", "effective", "permitted", "inheritable")) {
      CAPABILITIES.forEach(capabilities.withArrayProperty(set)::add);
    }
    config.put("hostname", "host");
    var linux = (ObjectNode) config.get("linux");
    linux.remove(List.of("maskedPaths", "readonlyPaths"));
    linux.withArrayProperty("namespaces").addObject().put("type", "cgroup");
    var mounts = (ArrayNode) config.get("mounts");
    for (int i = mounts.size() - 1; i >= 0; i--) {
      if (mounts.get(i).path("destination").asText().equals("/sys/fs/cgroup")) {
        mounts.remove(i);
      }
    }
    // systemd divides the groups of its container among its units.
    mount(mounts, "/sys/fs/cgroup", "cgroup", "cgroup", "nosuid", "noexec", "nodev", "rw");
    mount(mounts, "/run", "tmpfs", "tmpfs", "nosuid", "nodev", "mode=755");
    mount(mounts, "/usr", "bind", "/usr", "rbind", "ro");
    mount(mounts, "/opt/proffer/java", "bind", System.getProperty("java.home"), "rbind", "ro");
  }

  private static void mount(
      ArrayNode mounts, String where, String type, String what, String... options) {
    var mount = mounts.addObject().put("destination", where).put("type", type).put("source", what);
    List.of(options).forEach(mount.putArray("options")::add);
  }

  /** Runs a command on it, to its end. */
  Program.Outcome run(String... command) {
    return Program.run(bundle, exec(command));
  }

  /** Starts a command on it. */
  Process start(Path log, String... command) throws IOException {
    return new ProcessBuilder(exec(command))
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private String[] exec(String... command) {
    var all = new String[command.length + 3];
    all[0] = runc;
    all[1] = "exec";
    all[2] = id;
    System.arraycopy(command, 0, all, 3, command.length);
    return all;
  }

  /** What systemd says of a unit, by property. */
  Map<String, String> show(String unit) {
    var properties = new TreeMap<String, String>();
    run("systemctl", "show", "--property=ActiveState,MainPID,NRestarts,Result", unit)
        .output()
        .lines()
        .filter(line -> line.contains("="))
        .forEach(
            line -> {
              int equals = line.indexOf('=');
              properties.put(line.substring(0, equals), line.substring(equals + 1));
            });
    return properties;
  }

  /** Where a path of it lies for others. */
  Path path(String path) {
    return bundle.resolve("rootfs").resolve(path);
  }

  /** What it printed, and what its services did. */
  String log() {
    try {
      return Files.readString(bundle.resolve("log.txt"))
          + run("journalctl", "--no-pager", "--unit=proffer-*").output();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean alive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    Program.run(bundle, runc, "delete", "--force", id);
    Program.await(process, "the host", this::log);
    // JUnit would warn of each link that leads out of it.
    Program.run(bundle, "rm", "-rf", "--one-file-system", "rootfs");
  }
}
