package io.proffer.api.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** What is committed is what the code says. */
class OpenApiDriftTest {
  private static final String COMMAND = "./mvnw -pl api-spec -Popenapi process-classes";

  @Test
  void theMastersDocumentIsUpToDate() throws IOException {
    compare("master", OpenApiWriter.master(Written.comments()));
  }

  @Test
  void theAgentsDocumentIsUpToDate() throws IOException {
    compare("agent", OpenApiWriter.agent(Written.comments()));
  }

  @Test
  void readingWhatIsWrittenGivesTheSame() throws IOException {
    var document = Documents.master(Written.comments());

    assertEquals(document, Yaml.MAPPER.readTree(Yaml.write(document)));
  }

  private static void compare(String service, String expected) throws IOException {
    var file = Written.committed(service);
    var written = Files.exists(file) ? Files.readString(file) : "";
    if (!written.equals(expected)) {
      var lines = expected.lines().toList();
      var old = written.lines().toList();
      var first = 0;
      while (first < Math.min(lines.size(), old.size())
          && lines.get(first).equals(old.get(first))) {
        first++;
      }
      fail(
          "openapi/%s.yaml differs from the code from line %d on. Write it again: %s"
              .formatted(service, first + 1, COMMAND));
    }
  }
}
