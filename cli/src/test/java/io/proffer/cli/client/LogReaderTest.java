package io.proffer.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of files that a task writes meanwhile, and its agent rotates. */
class LogReaderTest {
  private static final int PAGE = 7;

  /** The youngest first, as their names count. */
  private final List<Written> files = new ArrayList<>();

  private final StringBuilder read = new StringBuilder();
  private int ids;
  private int kept = Integer.MAX_VALUE;
  private int lost;

  /** Before each request, as it may be in the world. */
  private Runnable meanwhile = () -> {};

  private final LogReader reader = new LogReader(this::read, "/run/stdout", () -> lost++);

  private record Written(String id, StringBuilder text) {}

  private Optional<FilePiece> read(String path, long offset) {
    meanwhile.run();
    var suffix = path.substring("/run/stdout".length());
    int number = suffix.isEmpty() ? 0 : Integer.parseInt(suffix.substring(1));
    if (number >= files.size()) {
      return Optional.empty();
    }
    var file = files.get(number);
    var bytes = file.text().toString().getBytes(StandardCharsets.UTF_8);
    int from = (int) Math.min(offset, bytes.length);
    return Optional.of(
        new FilePiece(
            Arrays.copyOfRange(bytes, from, Math.min(from + PAGE, bytes.length)), file.id()));
  }

  private void rotate() {
    files.addFirst(new Written("f" + ids++, new StringBuilder()));
    while (files.size() > kept) {
      files.removeLast();
    }
  }

  private void write(String text) {
    files.getFirst().text().append(text);
  }

  private void readAll() throws ClientException {
    byte[] piece;
    do {
      piece = reader.next().orElseThrow();
      read.append(new String(piece, StandardCharsets.UTF_8));
    } while (piece.length > 0);
  }

  @Test
  void withoutAFileThereIsNone() throws ClientException {
    assertEquals(Optional.empty(), reader.next());
    rotate();
    assertEquals(0, reader.next().orElseThrow().length);
  }

  @Test
  void theRestOfAFullFileComesBeforeTheNext() throws ClientException {
    rotate();
    write("one two three ");
    readAll();
    write("four ");
    rotate();
    write("five ");
    rotate();
    write("six and as long as the first");
    readAll();
    assertEquals("one two three four five six and as long as the first", read.toString());
    assertEquals(0, lost);
  }

  @Test
  void whatWasFullBeforeAnybodyReadComesFirst() throws ClientException {
    for (var word : List.of("one and the rest of it ", "two ", "three ")) {
      rotate();
      write(word);
    }
    readAll();
    assertEquals("one and the rest of it two three ", read.toString());
    assertEquals(0, lost);
  }

  @Test
  void theOldestIsFoundThoughAllGetOtherNumbersMeanwhile() throws ClientException {
    rotate();
    write("one ");
    rotate();
    write("two ");
    meanwhile =
        () -> {
          if (ids < 5) {
            rotate();
            write("more ");
          }
        };
    readAll();
    assertEquals("one two more more more ", read.toString());
    assertEquals(0, lost);
  }

  @Test
  void filesThatWentBeforeTheyWereReadAreAGapThatIsTold() throws ClientException {
    kept = 2;
    rotate();
    write("one ");
    readAll();
    for (var word : List.of("two ", "three ", "four ")) {
      rotate();
      write(word);
    }
    readAll();
    assertEquals("one three four ", read.toString());
    assertEquals(1, lost);
  }

  @Test
  void anAgentThatTellsNoIdsIsReadByName() throws ClientException {
    files.add(new Written("", new StringBuilder("one two three")));
    readAll();
    write(" four");
    readAll();
    assertEquals("one two three four", read.toString());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whateverHappensBetweenTwoRequestsNothingIsLostOrTwice(long seed) throws ClientException {
    var random = new Random(seed);
    var written = new StringBuilder();
    rotate();
    meanwhile =
        () -> {
          if (written.length() < 5000 && random.nextInt(3) > 0) {
            if (random.nextInt(4) == 0) {
              rotate();
            }
            var text = written.length() + (random.nextBoolean() ? "," : " and so on, ");
            written.append(text);
            write(text);
          }
        };
    int calls = 0;
    while (written.length() < 5000 && calls++ < 100_000) {
      read.append(new String(reader.next().orElseThrow(), StandardCharsets.UTF_8));
    }
    readAll();
    assertTrue(files.size() > 50, "rotated " + files.size() + " times");
    assertEquals(written.toString(), read.toString());
    assertEquals(0, lost);
  }
}
