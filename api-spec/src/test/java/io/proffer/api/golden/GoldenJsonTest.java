package io.proffer.api.golden;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Message;
import io.proffer.api.json.JsonCodec;
import io.proffer.api.json.JsonFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GoldenJsonTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static List<Sample> samples;

  @BeforeAll
  static void readRecordings() {
    Optional<Path> folder = Recordings.folder();
    if (folder.isEmpty()) {
      System.out.println("GoldenJsonTest skipped: no recordings (-Dgolden.dir=FOLDER)");
    }
    assumeTrue(folder.isPresent());
    samples = Recordings.samples(folder.get());
  }

  @Test
  void whatTheReferencePrintedIsPrintedTheSame() {
    KnownDifferences known = new KnownDifferences();
    check(Sample.Kind.PRINTED, sample -> compare(known.asOurs(sample.text()), reprint(sample)));
    System.out.println("GoldenJsonTest: accepted differences: " + known);
    assertTrue(known.allApplied(), () -> "A difference no longer applies: " + known);
  }

  @Test
  void whatTheReferencePrintedHasTheSameFields() {
    check(
        Sample.Kind.REPRINTED,
        sample ->
            compare(
                JSON.readTree(sample.text()).toString(),
                JSON.readTree(reprint(sample)).toString()));
  }

  @Test
  void callsThatTheReferenceTookAreTaken() {
    check(
        Sample.Kind.ACCEPTED,
        sample -> {
          if (KnownDifferences.isWrappedNumber(sample.source())) {
            byte[] body = sample.text().getBytes(UTF_8);
            assertThrows(JsonFormatException.class, () -> JsonCodec.decode(body, sample.message()));
            return "";
          }
          Message call = JsonCodec.decode(sample.text().getBytes(UTF_8), sample.message());
          byte[] again = JsonCodec.encode(call);
          return compare(
              new String(again, UTF_8),
              new String(JsonCodec.encode(JsonCodec.decode(again, sample.message())), UTF_8));
        });
  }

  @Test
  void callsThatTheReferenceCouldNotReadAreRefusedInItsWords() {
    check(
        Sample.Kind.REFUSED,
        sample -> {
          try {
            return "accepted as " + reprint(sample);
          } catch (JsonFormatException e) {
            return compare(sample.refusal(), e.sentence("Call"));
          }
        });
  }

  private static String reprint(Sample sample) throws JsonFormatException {
    Message message = JsonCodec.decode(sample.text().getBytes(UTF_8), sample.message());
    return new String(JsonCodec.encode(message), UTF_8);
  }

  private static String compare(String expected, String actual) {
    return expected.equals(actual) ? "" : "expected " + expected + "\n  but was  " + actual;
  }

  private static void check(Sample.Kind kind, Check check) {
    List<String> wrong = new ArrayList<>();
    int count = 0;
    for (Sample sample : samples) {
      if (sample.kind() == kind) {
        count++;
        String difference;
        try {
          difference = check.of(sample);
        } catch (IOException | JsonFormatException e) {
          difference = e + " for " + sample.text();
        }
        if (!difference.isEmpty()) {
          wrong.add(sample.source() + ": " + difference);
        }
      }
    }
    assertTrue(count > 0, "no sample of kind " + kind);
    System.out.println("GoldenJsonTest: " + count + " samples of kind " + kind);
    assertEquals("", String.join("\n", wrong), wrong.size() + " of " + count + " differ");
  }

  /** Answers an empty text for a sample that is as it should be. */
  @FunctionalInterface
  private interface Check {
    String of(Sample sample) throws IOException, JsonFormatException;
  }
}
