package io.proffer.agent.sandbox;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Makes sandboxes. */
public final class Sandboxes {
  private final boolean switchUser;
  private final Users users;
  private final ReadWriteLock making = new ReentrantReadWriteLock();

  /**
   * @param switchUser whether tasks run as the user they ask for, else as the agent's own
   */
  public Sandboxes(boolean switchUser, Users users) {
    this.switchUser = switchUser;
    this.users = users;
  }

  /** A sandbox could not be made; the message is for the framework. */
  public static final class SandboxException extends Exception {
    private static final long serialVersionUID = 1L;

    SandboxException(String message) {
      super(message);
    }
  }

  /**
   * Makes the directory anew, has {@code latest} point to it, and gives it to the user.
   *
   * @return whom the command runs as; empty for the agent's own user
   */
  public Optional<Users.Account> make(Path directory, Path latest, Optional<String> user)
      throws SandboxException {
    making.readLock().lock();
    try {
      Files.createDirectories(directory);
      link(latest, directory);
    } catch (IOException e) {
      throw failed(directory, words(e));
    } finally {
      making.readLock().unlock();
    }
    if (!switchUser || user.isEmpty()) {
      return Optional.empty();
    }
    var name = user.get();
    try {
      var account = users.find(name);
      if (account.isEmpty()) {
        throw failed(directory, chown(name, "No such user '" + name + "'"));
      }
      Files.setAttribute(directory, "unix:gid", account.get().gid());
      Files.setAttribute(directory, "unix:uid", account.get().uid());
      return account;
    } catch (IOException e) {
      throw failed(directory, chown(name, words(e)));
    }
  }

  /**
   * Runs something while no sandbox is being made: who removes the empty directories above one must
   * not come between.
   */
  public void whileNoneIsMade(Runnable work) {
    making.writeLock().lock();
    try {
      work.run();
    } finally {
      making.writeLock().unlock();
    }
  }

  private static void link(Path latest, Path directory) throws IOException {
    var fresh = latest.resolveSibling("." + latest.getFileName() + "-" + directory.getFileName());
    Files.createSymbolicLink(fresh, directory);
    Files.move(fresh, latest, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String chown(String user, String why) {
    return "Failed to chown directory to '" + user + "': " + why;
  }

  private static SandboxException failed(Path directory, String why) {
    return new SandboxException("Failed to create executor directory '" + directory + "': " + why);
  }

  /** The system's own words: the JDK puts the path before them. */
  private static String words(IOException e) {
    if (e instanceof FileSystemException fs) {
      return fs.getReason() == null
          ? e.getClass().getSimpleName() + " " + fs.getFile()
          : fs.getReason();
    }
    return e.getMessage();
  }
}
