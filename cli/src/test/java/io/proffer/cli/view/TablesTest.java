package io.proffer.cli.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.proffer.cli.client.Table;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TablesTest {
  @Test
  void columnsAreAsWideAsTheirWidestCell() {
    var table = new Table("A", "LONG HEADING", "C");
    table.row("wide cell", "x", "");
    assertEquals("A          LONG HEADING  C\nwide cell  x\n", table.toString());
  }

  @Test
  @Timeout(20)
  void aClusterFullOfTasksFitsIntoATable() {
    var table = new Table("TASK", "STATE");
    for (int row = 0; row < 200_000; row++) {
      table.row("task-" + row, "TASK_RUNNING");
    }
    assertEquals(200_001, table.toString().lines().count());
  }

  @Test
  void whatIsWrongWithAMasterStandsUnderAll() throws IOException {
    var body =
        new ObjectMapper()
            .readTree(
                """
                {"masters":[{"address":"a:1","healthy":true},
                 {"address":"b:1","healthy":true,"warning":"The clock is wrong"}]}\
                """);
    var lines = new MastersCommand().text(body).lines().toList();
    assertEquals(5, lines.size());
    assertEquals("The clock is wrong", lines.getLast());
  }

  @Test
  void tasksOfAllListsAreShown() throws IOException {
    var body =
        new ObjectMapper()
            .readTree(
                """
                {"completed_tasks":[{"task_id":{"value":"b"},"state":"TASK_FAILED"}],
                 "tasks":[{"task_id":{"value":"a"},"name":"n","state":"TASK_RUNNING",
                   "framework_id":{"value":"F"},"agent_id":{"value":"A"},
                   "resources":[
                     {"name":"cpus","type":"SCALAR","scalar":{"value":0.1}},
                     {"name":"cpus","type":"SCALAR","scalar":{"value":0.2}},
                     {"name":"ports","type":"RANGES","ranges":{"range":[{"begin":1,"end":3}]}}]}]}
                """);
    assertEquals(
        """
        TASK  NAME  STATE         RESOURCES         FRAMEWORK  AGENT
        a     n     TASK_RUNNING  cpus:0.3;ports:3  F          A
        b           TASK_FAILED   -                 -          -
        """,
        TasksCommand.table(body).toString());
  }

  @Test
  void rolesWithoutQuotaAnyMoreAreNotShown() throws IOException {
    var body =
        new ObjectMapper()
            .readTree(
                """
                {"status":{"configs":[
                  {"role":"q","guarantees":{"mem":{"value":64.0},"cpus":{"value":0.5}}},
                  {"role":"gone"},
                  {"role":"s","limits":{"gpus":{"value":0.0}}}]}}
                """);
    assertEquals(
        """
        ROLE  GUARANTEES       LIMITS
        q     cpus:0.5;mem:64  -
        s     -                gpus:0
        """,
        QuotaCommand.table(body).toString());
  }

  @Test
  void eachReasonIsARowWithSomeOfItsAgents() throws IOException {
    var answer =
        new ObjectMapper()
            .readTree(
                """
                {"framework_id":"F","roles":[
                  {"role":"web","findings":[
                    {"reason":"REFUSED","sentence":"Refused for 5 s.","agents":9000,
                     "examples":["S0","S1","S2","S3"],"details":{"until":"soon"}},
                    {"reason":"NEXT_RUN","sentence":"It is next.","agents":1,
                     "examples":["S9"],"details":{}}]},
                  {"role":"batch","findings":[
                    {"reason":"SUPPRESSED","sentence":"Suppressed.","agents":0,
                     "examples":[],"details":{}}]}]}
                """);
    assertEquals(
        """
        ROLE   AGENTS  REASON      WHAT IT MEANS     AGENT IDS
        web    9000    REFUSED     Refused for 5 s.  S0,S1,S2,...
        web    1       NEXT_RUN    It is next.       S9
        batch  0       SUPPRESSED  Suppressed.
        """,
        ExplainCommand.table(answer).toString());
  }

  @Test
  void aNameCannotBreakItsRowOrSteerTheTerminal() {
    var table = new Table("NAME", "STATE");
    table.row("a\nb\u001b[2J", "x");
    table.row("näme €😀", "y");
    assertEquals(
        "NAME               STATE\na\\u000ab\\u001b[2J  x\nnäme €😀            y\n",
        table.toString());
  }
}
