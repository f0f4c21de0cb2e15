package io.proffer.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every journal of puts and deletes must do; each kind extends it. */
@Timeout(30)
public abstract class JournalContract {
  private Journal<Write> journal;

  /** Opens the store of this test: empty the first time, later as the closed one left it. */
  protected abstract Journal<Write> open();

  @AfterEach
  void closeJournal() {
    if (journal != null) {
      journal.close();
    }
  }

  protected static void done(CompletionStage<Void> stage) {
    try {
      stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause().getMessage(), e.getCause());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  protected static Write put(String key, String value) {
    return Write.put(key, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Keys and values, in the order loaded. */
  protected static Map<String, String> contents(Journal<Write> journal) {
    var map = new LinkedHashMap<String, String>();
    journal
        .load()
        .forEach(
            w -> map.put(w.key(), new String(w.value().orElseThrow(), StandardCharsets.UTF_8)));
    return map;
  }

  @Test
  void aNewStoreIsEmpty() {
    journal = open();
    assertEquals(List.of(), journal.load());
  }

  @Test
  void aReaderIsShownOneRecordAfterAnotherInTheOrderOfKeys() {
    journal = open();
    done(journal.append(List.of(put("b", "2"), put("a", "1"))));
    var seen = new ArrayList<String>();
    journal.read(write -> seen.add(write.key()));
    assertEquals(List.of("a", "b"), seen);
  }

  @Test
  void aReaderThatThrowsIsToldSoAndTheStoreGoesOn() {
    journal = open();
    done(journal.append(List.of(put("a", "1"))));
    var mine = new IllegalStateException("not for me");
    assertEquals(
        mine,
        assertThrows(
            IllegalStateException.class,
            () ->
                journal.read(
                    write -> {
                      throw mine;
                    })));
    done(journal.append(List.of(put("b", "2"))));
    assertEquals(Map.of("a", "1", "b", "2"), contents(journal));
  }

  @Test
  void whatWasStoredIsThereAfterTheNextOpening() {
    journal = open();
    done(journal.append(List.of(put("a", "1"), put("b", "2"))));
    journal.close();
    journal = open();
    assertEquals(Map.of("a", "1", "b", "2"), contents(journal));
  }

  @Test
  void theLastWriteOfAKeyWinsWithinABatchToo() {
    journal = open();
    done(journal.append(List.of(put("a", "1"), put("a", "2"), Write.delete("a"), put("a", "3"))));
    done(journal.append(List.of(put("b", "1"), Write.delete("b"))));
    done(journal.append(List.of(put("c", "1"))));
    done(journal.append(List.of(put("c", "2"))));
    assertEquals(Map.of("a", "3", "c", "2"), contents(journal));
  }

  @Test
  void deletingWhatIsNotThereChangesNothing() {
    journal = open();
    done(journal.append(List.of(Write.delete("a"), put("b", "1"))));
    assertEquals(Map.of("b", "1"), contents(journal));
  }

  @Test
  void factsAreLoadedInTheOrderOfTheBytesOfTheirKeys() {
    journal = open();
    var keys = List.of("Z", "a", "a/b", "aa", "é", "\uffee", "\ud83d\ude00");
    var shuffled = new ArrayList<>(keys);
    Collections.shuffle(shuffled, new Random(1));
    done(journal.append(shuffled.stream().map(key -> put(key, key)).toList()));
    assertEquals(keys, List.copyOf(contents(journal).keySet()));
  }

  @Test
  void anyBytesComeBackAsTheyWent() {
    journal = open();
    var large = new byte[1_000_000];
    new Random(1).nextBytes(large);
    done(journal.append(List.of(Write.put("empty", new byte[0]), Write.put("large", large))));
    var loaded = journal.load();
    assertEquals(0, loaded.get(0).value().orElseThrow().length);
    assertEquals(
        HexFormat.of().formatHex(large),
        HexFormat.of().formatHex(loaded.get(1).value().orElseThrow()));
  }

  @Test
  void anEmptyBatchIsStoredToo() {
    journal = open();
    done(journal.append(List.of()));
    assertEquals(Map.of(), contents(journal));
  }

  @Test
  void batchesThatDoNotWaitForEachOtherAreStoredInOrder() {
    journal = open();
    var order = Collections.synchronizedList(new ArrayList<Integer>());
    var stages = new ArrayList<CompletionStage<Void>>();
    for (var i = 0; i < 500; i++) {
      var number = i;
      stages.add(
          journal
              .append(List.of(put("last", "" + i), put("row/" + i, "x")))
              .thenRun(() -> order.add(number)));
    }
    stages.forEach(JournalContract::done);
    assertEquals("499", contents(journal).get("last"));
    assertEquals(501, contents(journal).size());
    assertEquals(IntStream.range(0, 500).boxed().toList(), order);
  }

  @Test
  void closeWaitsForWhatWasAppended() {
    journal = open();
    var stages = new ArrayList<CompletionStage<Void>>();
    for (var i = 0; i < 100; i++) {
      stages.add(journal.append(List.of(put("row/" + i, "x"))));
    }
    journal.close();
    assertTrue(stages.stream().allMatch(s -> s.toCompletableFuture().isDone()));
    stages.forEach(JournalContract::done);
    journal = open();
    assertEquals(100, journal.load().size());
  }

  @Test
  void aClosedJournalRefusesWithASentence() {
    journal = open();
    journal.close();
    journal.close();
    for (var stage : List.of(journal.append(List.of(put("a", "1"))), journal.compact())) {
      var failure = assertThrows(ExecutionException.class, () -> stage.toCompletableFuture().get());
      assertInstanceOf(StoreException.class, failure.getCause());
      assertTrue(failure.getMessage().contains("open it anew"), failure.getMessage());
    }
  }

  @Test
  void compactionKeepsEveryFact() {
    journal = open();
    for (var round = 0; round < 5; round++) {
      var value = Integer.toString(round).repeat(5000);
      done(journal.append(IntStream.range(0, 200).mapToObj(i -> put("row/" + i, value)).toList()));
    }
    done(journal.append(IntStream.range(3, 200).mapToObj(i -> Write.delete("row/" + i)).toList()));
    var compaction = journal.compact();
    done(journal.append(List.of(put("during", "1"))));
    done(compaction);
    var keys = List.of("during", "row/0", "row/1", "row/2");
    assertEquals(keys, List.copyOf(contents(journal).keySet()));
    journal.close();
    journal = open();
    assertEquals(keys, List.copyOf(contents(journal).keySet()));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void randomBatchesAgreeWithAMap(long seed) {
    var random = new Random(seed);
    var model = new TreeMap<String, String>();
    journal = open();
    for (var round = 0; round < 5; round++) {
      var stages = new ArrayList<CompletionStage<Void>>();
      for (var i = random.nextInt(40); i > 0; i--) {
        var batch = new ArrayList<Write>();
        for (var j = random.nextInt(20); j > 0; j--) {
          var key = "k" + random.nextInt(100);
          if (random.nextInt(3) == 0) {
            batch.add(Write.delete(key));
            model.remove(key);
          } else {
            var filler = new char[random.nextInt(300)];
            Arrays.fill(filler, 'x');
            var value = random.nextInt() + new String(filler);
            batch.add(put(key, value));
            model.put(key, value);
          }
        }
        stages.add(journal.append(batch));
        if (random.nextInt(30) == 0) {
          stages.add(journal.compact());
        }
      }
      stages.forEach(JournalContract::done);
      assertEquals(List.copyOf(model.entrySet()), List.copyOf(contents(journal).entrySet()));
      journal.close();
      journal = open();
      assertEquals(List.copyOf(model.entrySet()), List.copyOf(contents(journal).entrySet()));
    }
  }
}
