package io.proffer.agent.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Accounts of this host, as the system resolves them (files, LDAP and whatever else). */
public final class Users {
  /** So many accounts are remembered; when more are asked for, all are forgotten. */
  private static final int REMEMBERED = 1000;

  private static final String ASK = "id -u -- \"$1\" && id -g -- \"$1\" && id -G -- \"$1\"";

  /** What {@code id} takes for a number. */
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+");

  private final Map<String, Account> known = new ConcurrentHashMap<>();

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
   */
  public Optional<Account> find(String name) throws IOException {
    if (NUMBER.matcher(name).matches()) {
      return Optional.empty();
    }
    var found = known.get(name);
    if (found != null) {
      return Optional.of(found);
    }
    var asked = ask(name);
    asked.ifPresent(account -> remember(name, account));
    return asked;
  }

  private void remember(String name, Account account) {
    if (known.size() >= REMEMBERED) {
      known.clear();
    }
    known.put(name, account);
  }

  private static Optional<Account> ask(String name) throws IOException {
    var process =
        new ProcessBuilder("/bin/sh", "-c", ASK, "sh", name)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.getOutputStream().close();
    List<String> lines;
    try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
      lines = reader.lines().toList();
    }
    try {
      if (process.waitFor() != 0 || lines.size() != 3) {
        return Optional.empty();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while looking up user '" + name + "'", e);
    }
    var groups =
        List.of(lines.get(2).strip().split(" +", -1)).stream().map(Integer::valueOf).toList();
    return Optional.of(
        new Account(name, Integer.parseInt(lines.get(0)), Integer.parseInt(lines.get(1)), groups));
  }
}
