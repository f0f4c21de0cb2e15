package io.proffer.master.registry.zookeeper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.proffer.api.internal.StagedWrites;
import io.proffer.api.zookeeper.Change;
import io.proffer.api.zookeeper.CuratorNodes;
import io.proffer.api.zookeeper.Node;
import io.proffer.api.zookeeper.OneServer;
import io.proffer.kernel.Journal;
import io.proffer.kernel.StoreException;
import io.proffer.kernel.Write;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the registry in ZooKeeper does beyond the contract of all journals. */
@Timeout(120)
class ZooKeeperJournalTest {
  private static final RegistryLimits LIMITS =
      new RegistryLimits(768 * 1024, Duration.ofSeconds(60));
  private static final int AGENTS = 50_000;
  private static final int RECORD = 600;

  private static OneServer server;
  private static CuratorNodes nodes;

  private final AtomicBoolean leads = new AtomicBoolean(true);
  private final String path = "/journal/" + UUID.randomUUID();

  @BeforeAll
  static void start() {
    server = OneServer.start();
    nodes = CuratorNodes.open(server.url("/journal"), OneServer.LONGEST);
  }

  @AfterAll
  static void stop() {
    nodes.close();
    server.close();
  }

  private Journal<Write> open() {
    return open(path, "", LIMITS);
  }

  private Journal<Write> open(String path, String cluster, RegistryLimits limits) {
    return ZooKeeperJournal.open(
        nodes, path, new Writer(UUID.randomUUID().toString(), leads::get), cluster, limits);
  }

  private static Write put(String key, String value) {
    return Write.put(key, value.getBytes(StandardCharsets.UTF_8));
  }

  private static void done(Journal<Write> journal, Write... batch) throws Exception {
    journal.append(List.of(batch)).toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private static String refused(Journal<Write> journal, Write... batch) {
    var failure = assertThrows(ExecutionException.class, () -> done(journal, batch));
    assertEquals(StoreException.class, failure.getCause().getClass());
    return failure.getCause().getMessage();
  }

  @Test
  void whoPeeksSeesWhatIsThereAndLeavesThePenAlone() throws Exception {
    assertEquals(List.of(), ZooKeeperJournal.peek(nodes, path, LIMITS));
    try (var journal = open()) {
      done(journal, put("a", "1"), put("b", "2".repeat(5000)));

      var seen = ZooKeeperJournal.peek(nodes, path, LIMITS);

      assertEquals(List.of("a", "b"), seen.stream().map(Write::key).toList());
      assertEquals(5000, seen.getLast().value().orElseThrow().length);
      done(journal, put("c", "3"));
    }
  }

  @Test
  void whoOpensItTakesThePenFromTheWriterBefore() throws Exception {
    try (var deposed = open()) {
      done(deposed, put("a", "1"));
      try (var leader = open()) {
        assertTrue(refused(deposed, put("a", "2")).contains("another master has taken over"));
        assertTrue(refused(deposed, put("b", "2")).contains("another master has taken over"));
        done(leader, put("c", "3"));
        assertEquals(List.of("a", "c"), leader.load().stream().map(Write::key).toList());
      }
    }
  }

  @Test
  void aWriteWhoseAnswerIsLostIsMadeOnce() throws Exception {
    try (var journal = open()) {
      done(journal, put("a", "1"));
      var written = journal.append(List.of(put("a", "2"), put("b", "1")));
      server.down();
      var next = journal.append(List.of(Write.delete("a"), put("c", "1")));
      server.up();
      written.toCompletableFuture().get(20, TimeUnit.SECONDS);
      next.toCompletableFuture().get(20, TimeUnit.SECONDS);
      assertEquals(List.of("b", "c"), journal.load().stream().map(Write::key).toList());
    }
  }

  @Test
  void whatCannotBeWrittenUntilAnotherMayLeadIsGivenUp() throws Exception {
    var journal = open();
    done(journal, put("a", "1"));
    server.down();
    try {
      var written = journal.append(List.of(put("a", "2")));
      leads.set(false);
      var failure =
          assertThrows(
              ExecutionException.class,
              () -> written.toCompletableFuture().get(20, TimeUnit.SECONDS));
      assertTrue(failure.getMessage().contains("while this master led"), failure.getMessage());
      // Well below the timeout, which is for one that leads.
      assertTimeoutPreemptively(Duration.ofSeconds(5), journal::close);
    } finally {
      server.up();
    }
  }

  @Test
  void aRequestThatTheServersDoNotTakeIsNotSentForEver() throws Exception {
    var large = new RegistryLimits(8_000_000, Duration.ofSeconds(30));
    try (var journal = open(path, "", large)) {
      var batch = new ArrayList<Write>();
      for (var i = 0; i < 40; i++) {
        batch.add(Write.put("row/" + i, new byte[50_000]));
      }
      var text = refused(journal, batch.toArray(Write[]::new));
      assertTrue(text.contains("jute.maxbuffer"), text);
    }
    try (var next = open()) {
      done(next, put("a", "1"));
      assertEquals(List.of("a"), next.load().stream().map(Write::key).toList());
    }
  }

  /** A sign of such a key is one character, and nine in the name of a node. */
  @Test
  void keysWhoseNodesHaveLongNamesAreCountedAsTheyAreSent() throws Exception {
    try (var journal = open()) {
      var batch = new ArrayList<Write>();
      for (var i = 0; i < 345; i++) {
        batch.add(put("weights/" + "\u91cd".repeat(480) + i, "1.5"));
      }
      done(journal, batch.toArray(Write[]::new));
      assertEquals(345, journal.load().size());
    }
  }

  @Test
  void aBatchLargerThanARequestIsFinishedByTheNextWriter() throws Exception {
    var small = new RegistryLimits(64 * 1024, Duration.ofSeconds(10));
    var batch = new ArrayList<Write>();
    var random = new Random(1);
    for (var i = 0; i < 200; i++) {
      var value = new byte[random.nextInt(10_000)];
      random.nextBytes(value);
      batch.add(Write.put("row/" + i, value));
    }
    var registry = path + "/proffer/registry";
    try (var first = open(path, "", small)) {
      done(first, put("row/1", "before"), put("row/2", "before"), put("other", "1"));
    }
    // As a writer leaves it that dies when a third of the batch is in place.
    var staged = staged(batch);
    var cut = staged.size() / 2;
    nodes
        .commit(
            List.of(
                new Change.Create(registry + "/staged/0", staged.substring(0, cut)),
                new Change.Create(registry + "/staged/1", staged.substring(cut))))
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
    var pen = nodes.read(registry + "/pen").toCompletableFuture().get().orElseThrow();
    var declared = Pen.read(registry, pen.data()).next(2).bytes();
    nodes
        .commit(List.of(new Change.Set(registry + "/pen", declared, Node.ANY_VERSION)))
        .toCompletableFuture()
        .get();
    var third = new Shelf(registry, small.pieceBytes());
    for (var name : List.of("row/1", "row/2", "other")) {
      third.found(KeyNames.name(name));
    }
    for (var write : batch.subList(0, batch.size() / 3)) {
      nodes.commit(third.changes(write.key(), write.value())).toCompletableFuture().get();
    }

    try (var second = open(path, "", small)) {
      var loaded = second.load();
      assertEquals(201, loaded.size());
      for (var record : loaded) {
        if (!record.key().equals("other")) {
          var wanted = batch.get(Integer.parseInt(record.key().substring(4)));
          assertArrayEquals(wanted.value().orElseThrow(), record.value().orElseThrow());
        }
      }
      assertEquals(
          List.of(),
          nodes.children(registry + "/staged").toCompletableFuture().get(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void piecesThatWereNeverDeclaredAreForgotten() throws Exception {
    try (var first = open()) {
      done(first, put("a", "1"));
    }
    var piece = path + "/proffer/registry/staged/0";
    nodes
        .commit(List.of(new Change.Create(piece, ByteString.copyFromUtf8("half a batch"))))
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
    try (var second = open()) {
      assertEquals(List.of("a"), second.load().stream().map(Write::key).toList());
      assertEquals(true, nodes.read(piece).toCompletableFuture().get().isEmpty());
    }
  }

  @Test
  void anotherClusterOnThePathIsToldSo() {
    open(path, "blue", LIMITS).close();
    var failure = assertThrows(StoreException.class, () -> open(path, "green", LIMITS));
    assertTrue(failure.getMessage().contains("is of the cluster 'blue'"), failure.getMessage());
    assertTrue(failure.getMessage().contains("'green'"), failure.getMessage());
  }

  @Test
  void otherDataAndNewerFormatsAreRefusedWithASentence() throws Exception {
    open().close();
    var pen = path + "/proffer/registry/pen";
    for (var wrong : List.of("hello", "{\"format\":99}", "{}", "[1]")) {
      nodes
          .commit(List.of(new Change.Set(pen, ByteString.copyFromUtf8(wrong), Node.ANY_VERSION)))
          .toCompletableFuture()
          .get(10, TimeUnit.SECONDS);
      var failure = assertThrows(StoreException.class, this::open);
      assertTrue(
          failure
              .getMessage()
              .contains(wrong.contains("99") ? "start the newer version" : "a path of its own"),
          failure.getMessage());
    }
  }

  @Test
  void fiftyThousandAgentsAreWrittenAndReadWithinTheLimitOfAPacket() throws Exception {
    var value = "x".repeat(RECORD);
    try (var journal = open()) {
      var stages = new ArrayList<CompletionStage<Void>>();
      for (var from = 0; from < AGENTS; from += 500) {
        var batch = new ArrayList<Write>();
        for (var i = from; i < from + 500; i++) {
          batch.add(put("agents/7d6a8d2e-6d7e-4a6f-9a0e-5f0b8ad5c1de-S" + i, value));
        }
        stages.add(journal.append(batch));
      }
      for (var stage : stages) {
        stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
      }
    }
    var began = System.nanoTime();
    try (var journal = open()) {
      assertEquals(AGENTS, journal.load().size());
      System.out.printf(
          "50,000 agents were read from ZooKeeper in %d ms%n",
          (System.nanoTime() - began) / 1_000_000);
    }
  }

  /** A batch as it is laid down in pieces. */
  private static ByteString staged(List<Write> batch) {
    var staged = StagedWrites.newBuilder();
    for (var write : batch) {
      staged.addEntries(
          StagedWrites.Entry.newBuilder()
              .setKey(write.key())
              .setValue(ByteString.copyFrom(write.value().orElseThrow())));
    }
    return staged.build().toByteString();
  }
}
