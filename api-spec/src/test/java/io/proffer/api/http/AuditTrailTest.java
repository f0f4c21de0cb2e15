package io.proffer.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.audit.AuditFlags;
import io.proffer.api.flags.Flags;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which requests without a call the audit log is told of. */
@Timeout(30)
class AuditTrailTest {
  private static final Pattern TOLD =
      Pattern.compile("\"method\":\"(\\w+)\",\"path\":\"([^\"]*)\"");

  @TempDir Path directory;

  @Test
  void readsAreNotToldWhateverTheirQuery() throws Exception {
    assertEquals(
        List.of(),
        told(
            "GET /weights",
            "GET /weights?jsonp=f",
            "GET /maintenance/status?x=1",
            "GET /quota?jsonp=f",
            "HEAD /maintenance/schedule?x=1",
            "GET /logging/toggle",
            "POST /logging/toggle"));
  }

  @Test
  void changesAreTold() throws Exception {
    assertEquals(
        List.of("GET /logging/toggle", "PUT /weights", "DELETE /quota/r", "POST /machine/up"),
        told(
            "GET /logging/toggle?level=1&duration=1mins",
            "PUT /weights",
            "DELETE /quota/r",
            "POST /machine/up"));
  }

  private List<String> told(String... requests) throws Exception {
    var file = directory.resolve("audit");
    var flags = Flags.fill(new AuditFlags(), Map.of("audit_log", file.toString()));
    try (var log = flags.open().orElseThrow();
        var server =
            new TestServer(
                Map.of(),
                Door.open(),
                new Precautions(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(new AuditTrail("master", log))))) {
      for (var request : requests) {
        try (var client = server.connect()) {
          client
              .send(
                  request
                      + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
              .readAll();
        }
      }
    }
    var told = new ArrayList<String>();
    for (var line : Files.readAllLines(file)) {
      var words = TOLD.matcher(line);
      told.add(words.find() ? words.group(1) + " " + words.group(2) : line);
    }
    return told;
  }
}
