package io.proffer.master.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** {@code /api/v1/explain} of a running master. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExplainTest {
  private RunningMaster master;
  private ScriptedScheduler scheduler;

  @BeforeAll
  void start() throws Exception {
    master = RunningMaster.start();
    scheduler = ScriptedScheduler.subscribe(master, ScriptedScheduler.info().build());
  }

  @AfterAll
  void stop() throws Exception {
    scheduler.close();
    master.close();
  }

  private HttpResponse<String> ask(String query) throws Exception {
    return master.get("/api/v1/explain" + query);
  }

  @Test
  void itMustBeSaidWhichFramework() throws Exception {
    for (var query : new String[] {"", "?framework=", "?role=r"}) {
      var answer = ask(query);

      assertEquals(400, answer.statusCode());
      assertEquals(
          "Expecting 'framework=ID' in the query, and perhaps 'role=NAME' and 'agent=ID'",
          answer.body());
    }
  }

  @Test
  void whatIsNotThereIsNamed() throws Exception {
    var framework = "?framework=" + scheduler.id().getValue();

    assertEquals(404, ask("?framework=none").statusCode());
    assertEquals(404, ask(framework + "&agent=none").statusCode());
    assertEquals(400, ask(framework + "&role=none").statusCode());
  }
}
