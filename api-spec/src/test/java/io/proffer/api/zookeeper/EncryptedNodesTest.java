package io.proffer.api.zookeeper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.proffer.api.tls.TestAuthority;
import io.proffer.api.tls.TlsSettings;
import io.proffer.api.tls.TlsStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sessions with a server that speaks TLS alone, to those with a certificate of its authority. */
@Timeout(60)
final class EncryptedNodesTest {
  private static final Duration SESSION = Duration.ofSeconds(20);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private static final String WANTED =
      "it wants a certificate from us, of an authority that it trusts: look at --ssl_cert_file";

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final TestAuthority authority = new TestAuthority("authority");
  private final TestAuthority other = new TestAuthority("other");

  private int removed;

  @TempDir private Path directory;

  @BeforeEach
  void issue() {
    authority.write(directory);
    other.write(directory);
    authority.issue(directory, "server", TestAuthority.here());
    authority.issue(directory, "client", List.of("client"));
    other.issue(directory, "stranger", List.of("stranger"));
  }

  @AfterEach
  void stop() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  private <T extends AutoCloseable> T own(T part) {
    open.push(part);
    return part;
  }

  private TlsStore store(Optional<String> subject, String trusted, List<String> protocols) {
    return TlsStore.open(
        new TlsSettings(
            subject.map(name -> directory.resolve(name + ".pem")),
            subject.map(name -> directory.resolve(name + ".key")),
            Optional.of(directory.resolve(trusted + ".pem")),
            Optional.empty(),
            true,
            false,
            protocols));
  }

  private TlsStore store(String subject) {
    return store(Optional.of(subject), "authority", TlsSettings.PROTOCOLS);
  }

  private CuratorNodes client(OneServer server, TlsStore tls) {
    return own(CuratorNodes.open(server.url("/any"), SESSION, Optional.of(tls)));
  }

  private static void until(BooleanSupplier condition) {
    var end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "it came to nothing");
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static void awaitSession(CuratorNodes nodes) {
    until(() -> nodes.session() != 0);
  }

  private static String awaitRefusal(CuratorNodes nodes) {
    until(() -> nodes.refusal().isPresent());
    var why = nodes.refusal().orElseThrow();
    assertEquals(0, nodes.session(), "nobody let it in");
    return why;
  }

  private static void assertWorks(CuratorNodes nodes, String path) throws Exception {
    nodes.make(path).toCompletableFuture().get(20, TimeUnit.SECONDS);
    nodes
        .commit(List.of(new Change.Set(path, ByteString.copyFromUtf8("said"), Node.ANY_VERSION)))
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
    var read = nodes.read(path).toCompletableFuture().get(20, TimeUnit.SECONDS).orElseThrow();
    assertEquals("said", read.data().toStringUtf8());
  }

  @Test
  void whoHasACertificateKeepsItsSessionOverAReconnect() throws Exception {
    var server = own(OneServer.start(store("server")));
    var nodes = client(server, store("client"));
    awaitSession(nodes);
    assertWorks(nodes, "/any/a");
    var session = nodes.session();
    server.down();
    until(() -> nodes.session() == 0);
    server.up();
    awaitSession(nodes);
    assertEquals(session, nodes.session());
    assertWorks(nodes, "/any/b");
    assertEquals(Optional.empty(), nodes.refusal());
  }

  @Test
  void eachVersionOfTlsIsSpoken() {
    var server = own(OneServer.start(store("server")));
    for (var version : TlsSettings.PROTOCOLS) {
      awaitSession(client(server, store(Optional.of("client"), "authority", List.of(version))));
    }
  }

  @Test
  void whoHasNoCertificateIsNotLetInAndSaysWhy() {
    var server = own(OneServer.start(store("server")));
    var nodes = client(server, store(Optional.empty(), "authority", TlsSettings.PROTOCOLS));
    assertEquals(WANTED, awaitRefusal(nodes));
  }

  @Test
  void whoHasACertificateOfAnotherAuthorityIsNotLetInAndSaysWhy() {
    var server = own(OneServer.start(store("server")));
    // It is not even shown: the server says which authorities it trusts.
    assertEquals(WANTED, awaitRefusal(client(server, store("stranger"))));
  }

  @Test
  void aServerOfAnotherAuthorityIsNotBelieved() {
    var server = own(OneServer.start(store("server")));
    var nodes = client(server, store(Optional.of("client"), "other", TlsSettings.PROTOCOLS));
    assertEquals(
        "its certificate is of an authority that is not trusted here: look at --ssl_ca_file",
        awaitRefusal(nodes));
  }

  @Test
  void aServerOfAnotherNameIsNotBelieved() {
    authority.issue(directory, "elsewhere", List.of("zookeeper.example"));
    var server = own(OneServer.start(store("elsewhere")));
    var why = awaitRefusal(client(server, store("client")));
    assertTrue(why.startsWith("its certificate is for another host"), why);
  }

  @Test
  void aServerInClearIsNotSpokenTo() {
    var server = own(OneServer.start());
    var why = awaitRefusal(client(server, store("client")));
    assertTrue(why.startsWith("it closed the connection before TLS was agreed on"), why);
  }

  @Test
  void whoSpeaksInClearIsNotLetIn() throws Exception {
    var server = own(OneServer.start(store("server")));
    var plain = own(CuratorNodes.open(server.url("/any"), SESSION));
    awaitSession(client(server, store("client")));
    assertEquals(0, plain.session());
    assertEquals(Optional.empty(), plain.refusal());
  }

  @Test
  void theNextConnectionIsWithTheCertificatesThatWereReadLast() throws Exception {
    var server = own(OneServer.start(store("server")));
    var tls = store("client");
    var nodes = client(server, tls);
    awaitSession(nodes);
    var session = nodes.session();
    // From now on all are of the other authority.
    other.issue(directory, "server", TestAuthority.here());
    other.issue(directory, "client", List.of("client"));
    Files.copy(
        directory.resolve("other.pem"),
        directory.resolve("authority.pem"),
        StandardCopyOption.REPLACE_EXISTING);
    server.down();
    server.renew(store("server"));
    server.up();
    assertTrue(awaitRefusal(nodes).startsWith("its certificate is of an authority"));
    tls.read().run();
    awaitSession(nodes);
    assertEquals(session, nodes.session());
  }

  /** As systemd-tmpfiles does with what lies in /tmp for days. */
  @Test
  void filesThatSomebodyRemovedAreThereAgainForTheNextConnection() throws Exception {
    var server = own(OneServer.start(store("server")));
    var before = directories();
    var tls = store("client");
    var nodes = client(server, tls);
    awaitSession(nodes);
    var kept = added(before);
    remove(kept);
    server.down();
    until(() -> nodes.session() == 0);
    server.up();
    awaitSession(nodes);
    assertEquals("rwx------", rights(kept));

    remove(kept);
    authority.issue(directory, "client", List.of("client"));
    tls.read().run();
    assertEquals("rwx------", rights(kept));
    assertEquals("rw-------", rights(kept.resolve("keys.p12")));
  }

  @Test
  void filesThatAreInUseDoNotLookOld() throws Exception {
    var before = directories();
    var files = own(KeyFiles.open(store("client")));
    var kept = added(before);
    var old = FileTime.from(Instant.EPOCH);
    var all = List.of(kept.resolve("keys.p12"), kept.resolve("authorities.p12"), kept);
    for (var file : all) {
      Files.setLastModifiedTime(file, old);
    }
    files.keep();
    for (var file : all) {
      assertNotEquals(old, Files.getLastModifiedTime(file), file::toString);
    }
  }

  @Test
  void whatCannotBeWrittenLeavesNothing() throws Exception {
    var place = Files.createDirectory(directory.resolve("place"));
    // Nothing can take the place of it.
    Files.createDirectories(place.resolve("authorities.p12").resolve("full"));
    var tls = store("client");
    assertThrows(IOException.class, () -> KeyFiles.open(tls, place));
    try (var left = Files.list(place)) {
      assertEquals(
          List.of("authorities.p12"), left.map(file -> file.getFileName().toString()).toList());
    }
    // Nor is anybody told of other certificates who could not take them either.
    tls.read().run();
  }

  @Test
  void whatIsNoLongerTrueIsNotSaid() throws Exception {
    var server = own(OneServer.start(store("server")));
    var nodes = client(server, store("stranger"));
    awaitRefusal(nodes);
    server.down();
    until(() -> nodes.refusal().isEmpty());
    assertEquals(0, nodes.session());
  }

  private static Path added(Set<Path> before) throws IOException {
    var ours = directories();
    ours.removeAll(before);
    assertEquals(1, ours.size());
    return ours.iterator().next();
  }

  /** In one step: the client looks after them all the time. */
  private void remove(Path kept) throws IOException {
    Files.move(kept, directory.resolve("removed" + removed++));
  }

  @Test
  void keysAreForNobodyElseAndGoWhenTheyAreClosed() throws Exception {
    var before = directories();
    var files = KeyFiles.open(store("client"));
    var kept = added(before);
    assertEquals("rwx------", rights(kept));
    try (var all = Files.list(kept)) {
      assertEquals(
          Set.of("keys.p12 rw-------", "authorities.p12 rw-------"),
          all.map(file -> file.getFileName() + " " + rights(file)).collect(Collectors.toSet()));
    }
    files.close();
    assertTrue(Files.notExists(kept));
    var next = KeyFiles.open(store("client"));
    assertNotEquals(
        files.config().getProperty("zookeeper.ssl.keyStore.password"),
        next.config().getProperty("zookeeper.ssl.keyStore.password"));
    next.close();
  }

  private static String rights(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Set<Path> directories() throws IOException {
    try (var all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return all.filter(path -> path.getFileName().toString().startsWith(KeyFiles.PREFIX))
          .collect(Collectors.toSet());
    }
  }
}
