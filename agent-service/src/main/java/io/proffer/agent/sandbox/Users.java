package io.proffer.agent.sandbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/** Accounts of this host, as the system resolves them (files, LDAP and whatever else). */
public final class Users {
  /** So many accounts are remembered; when more are asked for, all are forgotten. */
  private static final int REMEMBERED = 1000;

  /** How long an account is taken for what it was. */
  private static final long KNOWN_NANOS = TimeUnit.MINUTES.toNanos(1);

  private static final String ASK = "id -u -- \"$1\" && id -g -- \"$1\" && id -G -- \"$1\"";

  /**
   * With what {@code id} ends when there is no such user; a shell that finds no {@code id} does
   * not.
   */
  private static final int NOBODY = 1;

  /** What {@code id} takes for a number. */
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+");

  private final Map<String, Known> known = new ConcurrentHashMap<>();
  private final String shell;
  private final LongSupplier clock;

  private record Known(Account account, long atNanos) {}

  /** Those that {@code id} knows, which is on the PATH. */
  public Users() {
    this("/bin/sh", System::nanoTime);
  }

  /**
   * Those of whom a shell can ask.
   *
   * @param shell that finds {@code id}
   * @param clock that never goes back, in nanoseconds
   */
  Users(String shell, LongSupplier clock) {
    this.shell = shell;
    this.clock = clock;
  }

  /**
   * One account.
   *
   * @param groups all groups, the main one too
   */
  public record Account(String name, int uid, int gid, List<Integer> groups) {
    public Account {
      groups = List.copyOf(groups);
    }

    /** {@code UID:GID:GROUP,GROUP}, as the supervisor takes it. */
    public String spec() {
      return uid
          + ":"
          + gid
          + ":"
          + String.join(",", groups.stream().map(String::valueOf).toList());
    }
  }

  /**
   * The account of this name; empty when there is none. A number names nobody: {@code 0} would be
   * root for whoever looks at names only. Blocks.
   *
   * @throws IOException when nobody could say whether there is one
   */
  public Optional<Account> find(String name) throws IOException {
    if (NUMBER.matcher(name).matches()) {
      return Optional.empty();
    }
    var found = known.get(name);
    if (found != null && clock.getAsLong() - found.atNanos() < KNOWN_NANOS) {
      return Optional.of(found.account());
    }
    var asked = ask(name);
    asked.ifPresent(account -> remember(name, account));
    return asked;
  }

  private void remember(String name, Account account) {
    if (known.size() >= REMEMBERED) {
      known.clear();
    }
    known.put(name, new Known(account, clock.getAsLong()));
  }

  private Optional<Account> ask(String name) throws IOException {
    var process =
        new ProcessBuilder(shell, "-c", ASK, "sh", name)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .start();
    // Few words each: neither pipe is ever full.
    var lines = lines(process.inputReader(StandardCharsets.UTF_8));
    var words = lines(process.errorReader(StandardCharsets.UTF_8));
    int status = status(process, name);
    if (status == NOBODY && lines.isEmpty()) {
      return Optional.empty();
    }
    if (status != 0 || lines.size() != 3) {
      throw new IOException(
          "Cannot look up user '%s': id ended with %d%s"
              .formatted(name, status, words.isEmpty() ? "" : " (" + words.getLast() + ")"));
    }
    var groups =
        List.of(lines.get(2).strip().split(" +", -1)).stream().map(Integer::valueOf).toList();
    return Optional.of(
        new Account(name, Integer.parseInt(lines.get(0)), Integer.parseInt(lines.get(1)), groups));
  }

  private static List<String> lines(BufferedReader reader) throws IOException {
    try (reader) {
      return reader.lines().toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static int status(Process process, String name) throws IOException {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while looking up user '" + name + "'", e);
    }
  }
}
