package io.proffer.master.roster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.proffer.api.tls.TestAuthority;
import io.proffer.api.tls.TlsSettings;
import io.proffer.api.tls.TlsStore;
import io.proffer.api.zookeeper.CuratorNodes;
import io.proffer.api.zookeeper.OneServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What masters tell each other is encrypted where all else is. */
@Timeout(60)
final class EncryptedMastersTest {
  private static final String PATH = "/masters";
  private static final Presence.Clocks CLOCKS =
      new Presence.Clocks(System::nanoTime, Instant::now, Duration.ofMinutes(1));

  private final OneServer server = OneServer.start();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final TestAuthority authority = new TestAuthority("authority");
  private final TestAuthority other = new TestAuthority("other");

  private final AtomicInteger joins = new AtomicInteger();

  @TempDir private Path directory;

  @AfterEach
  void stop() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
    server.close();
  }

  private record Master(MastersCluster cluster, Roster roster) {
    Set<String> hears() {
      cluster.tell();
      return roster.members().stream().map(it -> it.card().process()).collect(Collectors.toSet());
    }
  }

  private Master master(String name, Optional<TlsStore> tls) {
    var nodes = CuratorNodes.open(server.url(PATH), OneServer.LONGEST);
    open.push(nodes);
    Supplier<Card> card = () -> new Card(name, "127.0.0.1:1", name, "1", 0, 0, true);
    var roster = new Roster(card, CLOCKS);
    var place = new MastersCluster.Place("127.0.0.1", "127.0.0.1", 0, tls);
    var cluster =
        new MastersCluster(
            nodes,
            PATH,
            place,
            card,
            roster,
            builder -> {
              joins.incrementAndGet();
              return builder.buildClustered();
            });
    open.push(cluster);
    cluster.start();
    return new Master(cluster, roster);
  }

  private Optional<TlsStore> tls(TestAuthority issuer, String name) {
    var trusted = issuer.write(directory);
    issuer.issue(directory, name, TestAuthority.here());
    return Optional.of(
        TlsStore.open(
            new TlsSettings(
                Optional.of(directory.resolve(name + ".pem")),
                Optional.of(directory.resolve(name + ".key")),
                Optional.of(trusted),
                Optional.empty(),
                true,
                true,
                List.of("TLSv1.2", "TLSv1.3"))));
  }

  private static void await(Master master, Set<String> others) {
    Awaitility.await("it hears " + others)
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> master.hears().equals(others));
  }

  @Test
  void mastersWithCertificatesOfOneAuthorityHearEachOther() {
    var a = master("a", tls(authority, "a"));
    var b = master("b", tls(authority, "b"));
    await(a, Set.of("a", "b"));
    await(b, Set.of("a", "b"));
  }

  /** Two pairs that know of each other in ZooKeeper: when each pair is there, the rest would be. */
  @Test
  void whoHasNoneOrOneOfAnotherAuthorityIsNotHeard() {
    var a = master("a", tls(authority, "a"));
    var b = master("b", tls(authority, "b"));
    var plain = master("plain", Optional.empty());
    var stranger = master("stranger", tls(other, "stranger"));
    await(a, Set.of("a", "b"));
    await(b, Set.of("a", "b"));
    await(plain, Set.of("plain"));
    await(stranger, Set.of("stranger"));
    for (int i = 0; i < 5; i++) {
      plain.hears();
      stranger.hears();
      assertEquals(Set.of("a", "b"), a.hears());
    }
  }

  @Test
  void otherCertificatesAreTakenWhileItRuns() throws Exception {
    var tls = tls(authority, "a");
    var a = master("a", tls);
    await(a, Set.of("a"));
    var b = master("b", tls(other, "b"));
    await(b, Set.of("b"));
    other.issue(directory, "a", TestAuthority.here());
    replace("other.pem", "authority.pem");
    tls.orElseThrow().read().run();
    await(a, Set.of("a", "b"));
    await(b, Set.of("a", "b"));
  }

  @Test
  void whatIsReadAgainAndIsTheSameDoesNotMakeItJoinAnew() throws Exception {
    var tls = tls(authority, "a");
    var a = master("a", tls);
    await(a, Set.of("a"));
    tls.orElseThrow().read().run();
    authority.issue(directory, "a", TestAuthority.here());
    tls.orElseThrow().read().run();
    await(a, Set.of("a"));
    Awaitility.await("for the other ones alone").until(() -> joins.get() == 2);
    await(a, Set.of("a"));
    assertEquals(2, joins.get());
  }

  /** A store without a certificate of ours, which no bus can do with. */
  @Test
  void certificatesThatAreOfNoUseAreToldForWhatTheyAre() {
    var trusted = authority.write(directory);
    var logged = new ListAppender<ILoggingEvent>();
    var logger = (Logger) LoggerFactory.getLogger("io.proffer.master");
    logged.start();
    logger.addAppender(logged);
    try {
      master(
          "a",
          Optional.of(
              TlsStore.open(
                  new TlsSettings(
                      Optional.empty(),
                      Optional.empty(),
                      Optional.of(trusted),
                      Optional.empty(),
                      true,
                      false,
                      TlsSettings.PROTOCOLS))));
      Awaitility.await("it is said")
          .until(
              () ->
                  List.copyOf(logged.list).stream()
                      .anyMatch(it -> it.getFormattedMessage().contains("its certificates (")));
      assertEquals(0, joins.get());
    } finally {
      logger.detachAppender(logged);
    }
  }

  private void replace(String from, String to) throws IOException {
    Files.copy(directory.resolve(from), directory.resolve(to), StandardCopyOption.REPLACE_EXISTING);
  }
}
