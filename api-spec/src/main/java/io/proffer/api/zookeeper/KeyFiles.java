package io.proffer.api.zookeeper;

import io.proffer.api.tls.Managers;
import io.proffer.api.tls.TlsMaterial;
import io.proffer.api.tls.TlsStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.common.ClientX509Util;
import org.apache.zookeeper.common.X509Util;

/**
 * Certificates and keys as ZooKeeper's client takes them: from files alone, which it reads for each
 * connection. So they lie in a directory that this user alone can enter, locked with a password
 * that this process alone knows, for as long as it runs; other ones take their place when
 * certificates are read anew, and when somebody removed them.
 */
final class KeyFiles implements AutoCloseable {
  private static final int PASSWORD_BYTES = 24;
  private static final String TYPE = "PKCS12";

  /** Whoever finds one that was left sees whether its process still runs. */
  static final String PREFIX = "proffer-zookeeper-" + ProcessHandle.current().pid() + "-";

  private final TlsStore tls;
  private final Path directory;
  private final UserPrincipal owner;
  private final String password = password();
  private final Function<TlsMaterial, CompletionStage<?>> user = this::renew;
  private final Thread last = Thread.ofPlatform().name("zookeeper-keys").unstarted(this::remove);
  private boolean closed;

  private KeyFiles(TlsStore tls, Path directory) throws IOException {
    this.tls = tls;
    this.directory = directory;
    this.owner = Files.getOwner(directory);
  }

  /** Writes them, or leaves nothing. Blocks. */
  static KeyFiles open(TlsStore tls) {
    try {
      // Nobody else may enter it: so the JDK makes such directories.
      return open(tls, Files.createTempDirectory(PREFIX));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot keep the certificates for ZooKeeper's client in %s (java.io.tmpdir): %s"
              .formatted(System.getProperty("java.io.tmpdir"), e),
          e);
    }
  }

  /**
   * The same, in a directory that is for them alone.
   *
   * @throws IOException when they cannot be written there; what was is removed then
   */
  static KeyFiles open(TlsStore tls, Path directory) throws IOException {
    var files = new KeyFiles(tls, directory);
    try {
      Runtime.getRuntime().addShutdownHook(files.last);
      tls.onRenewal(files.user);
      // When it is told of others already: what was read last is written last.
      files.write();
      return files;
    } catch (IOException | RuntimeException e) {
      files.close();
      throw e;
    }
  }

  /** What a client of these files needs to know. */
  ZKClientConfig config() {
    var material = tls.material();
    var config = new ZKClientConfig();
    config.setProperty(ZKClientConfig.SECURE_CLIENT, "true");
    config.setProperty(
        ZKClientConfig.ZOOKEEPER_CLIENT_CNXN_SOCKET, "org.apache.zookeeper.ClientCnxnSocketNetty");
    // The JDK then looks whether a certificate has the name; else ZooKeeper would, by rules of its
    // own.
    config.setProperty(X509Util.FIPS_MODE_PROPERTY, "true");
    try (var names = new ClientX509Util()) {
      config.setProperty(names.getSslHostnameVerificationEnabledProperty(), "true");
      config.setProperty(
          names.getSslEnabledProtocolsProperty(),
          String.join(",", material.settings().protocols()));
      config.setProperty(
          names.getSslKeystoreLocationProperty(),
          material.chain().isEmpty() ? "" : keys().toString());
      config.setProperty(names.getSslKeystorePasswdProperty(), password);
      config.setProperty(names.getSslKeystoreTypeProperty(), TYPE);
      config.setProperty(
          names.getSslTruststoreLocationProperty(),
          material.authorities().isEmpty() ? "" : authorities().toString());
      config.setProperty(names.getSslTruststorePasswdProperty(), password);
      config.setProperty(names.getSslTruststoreTypeProperty(), TYPE);
    }
    return config;
  }

  private CompletionStage<?> renew(TlsMaterial material) {
    try {
      write();
      return CompletableFuture.completedFuture(null);
    } catch (IOException e) {
      return CompletableFuture.failedFuture(
          new IOException("ZooKeeper's client cannot be given them in " + directory + ": " + e, e));
    }
  }

  /**
   * Keeps them from whoever removes what lies about for long (systemd-tmpfiles), and writes them
   * anew where that happened. Blocks.
   *
   * @throws IOException when they cannot be kept, or are missing and cannot be written
   */
  synchronized void keep() throws IOException {
    if (closed) {
      return;
    }
    var now = FileTime.from(Instant.now());
    try {
      for (var file : files()) {
        Files.setLastModifiedTime(file, now);
      }
    } catch (NoSuchFileException missing) {
      write();
    }
  }

  /** What was read last, also where it is told late of what was read before. */
  private synchronized void write() throws IOException {
    if (closed) {
      return;
    }
    var material = tls.material();
    makeDirectory();
    if (!material.chain().isEmpty()) {
      write(keys(), Managers.keyStore(material, password.toCharArray()));
    }
    var authorities = Managers.trustStore(material, password.toCharArray());
    if (authorities.isPresent()) {
      write(authorities(), authorities.get());
    }
  }

  /** When it is gone. Its name is known by then: somebody else may have made one. */
  private void makeDirectory() throws IOException {
    if (Files.notExists(directory, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else if (!Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).equals(owner)) {
      throw new IOException("it is of another user by now");
    }
  }

  /** Who reads meanwhile sees the one or the other. */
  private void write(Path file, byte[] content) throws IOException {
    // For this user alone, as the JDK makes such files.
    var whole = Files.createTempFile(directory, "new", "");
    try {
      Files.write(whole, content);
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(whole);
      throw e;
    }
  }

  /** Those that there should be, and what they lie in. */
  private List<Path> files() {
    var files = new ArrayList<Path>();
    if (!tls.material().chain().isEmpty()) {
      files.add(keys());
    }
    if (!tls.material().authorities().isEmpty()) {
      files.add(authorities());
    }
    files.add(directory);
    return files;
  }

  private Path keys() {
    return directory.resolve("keys.p12");
  }

  private Path authorities() {
    return directory.resolve("authorities.p12");
  }

  private static String password() {
    var bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private synchronized void remove() {
    closed = true;
    try {
      for (var file : List.of(keys(), authorities(), directory)) {
        Files.deleteIfExists(file);
      }
    } catch (IOException left) {
      // Of no use to anybody: the password goes with this process.
    }
  }

  @Override
  public void close() {
    tls.forget(user);
    remove();
    try {
      Runtime.getRuntime().removeShutdownHook(last);
    } catch (IllegalStateException ending) {
      // It does the same once more.
    }
  }
}
