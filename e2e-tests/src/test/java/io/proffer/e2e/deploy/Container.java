package io.proffer.e2e.deploy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What an image was unpacked to, run by runc as the manifests have it run: the root is read only,
 * and two directories are empty and of the user's own.
 */
final class Container implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> WRITABLE = List.of("/tmp", "/var/lib/proffer");

  /** Those that engines leave to root, as far as an agent needs them. */
  private static final List<String> OF_ROOT =
      List.of(
          "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FOWNER", "CAP_KILL", "CAP_SETGID", "CAP_SETUID");

  private final String runc;
  private final String id;
  private final Path log;
  private final Process process;

  private Container(String runc, String id, Path log, Process process) {
    this.runc = runc;
    this.id = id;
    this.log = log;
    this.process = process;
  }

  /** Starts the image's own entry point with these arguments and variables. */
  static Container start(
      String runc, Path bundle, int user, List<String> variables, List<String> arguments) {
    try {
      var file = bundle.resolve("config.json");
      var original = bundle.resolve("config.original.json");
      if (!Files.exists(original)) {
        Files.move(file, original);
      }
      var config = (ObjectNode) JSON.readTree(original.toFile());
      configure(config, user, variables, arguments);
      JSON.writeValue(file.toFile(), config);
      var id = "proffer-test-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
      var log = Files.createTempFile(bundle, "log", ".txt");
      var process =
          new ProcessBuilder(runc, "run", "--bundle", bundle.toString(), id)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      return new Container(runc, id, log, process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void configure(
      ObjectNode config, int user, List<String> variables, List<String> arguments) {
    ((ObjectNode) config.get("root")).put("readonly", true);
    var process = (ObjectNode) config.get("process");
    process.put("terminal", false);
    process.putObject("user").put("uid", user).put("gid", user);
    var capabilities = process.putObject("capabilities");
    if (user == 0) {
      for (var set : List.of("bounding", "effective", "permitted")) {
        OF_ROOT.forEach(capabilities.withArrayProperty(set)::add);
      }
    }
    variables.forEach(((ArrayNode) process.get("env"))::add);
    // The entry point alone is left of what the image would run.
    var command = (ArrayNode) process.get("args");
    var entry = command.get(0);
    command.removeAll().add(entry);
    arguments.forEach(command::add);
    var mounts = (ArrayNode) config.get("mounts");
    for (var directory : WRITABLE) {
      mounts
          .addObject()
          .put("destination", directory)
          .put("type", "tmpfs")
          .put("source", "tmpfs")
          .putArray("options")
          .add("nosuid")
          .add("nodev")
          .add("uid=" + user)
          .add("gid=" + user);
    }
    // In the network of this host, so that it can be asked.
    var namespaces = (ArrayNode) config.at("/linux/namespaces");
    for (int i = namespaces.size() - 1; i >= 0; i--) {
      if (namespaces.get(i).path("type").asText().equals("network")) {
        namespaces.remove(i);
      }
    }
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Its exit status. */
  int await() {
    return Program.await(process, "the container", this::output);
  }

  /** As an engine stops it. */
  int stop() {
    Program.run(log.getParent(), runc, "kill", id, "TERM");
    return await();
  }

  String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether runc still knows it. */
  boolean known() {
    return Program.run(log.getParent(), runc, "list", "--quiet").output().contains(id);
  }

  @Override
  public void close() {
    // It has deleted itself where it ended by itself.
    Program.run(log.getParent(), runc, "delete", "--force", id);
    process.destroyForcibly();
  }
}
