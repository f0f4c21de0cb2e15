package io.proffer.cli.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveStateTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SUBSCRIBED =
      "{'type':'SUBSCRIBED','subscribed':{'get_state':{"
          + "'get_agents':{'agents':[{'agent_info':{'id':{'value':'A1'},'hostname':'h1','port':7}}]},"
          + "'get_frameworks':{'frameworks':[{'framework_info':{'id':{'value':'F1'},'name':'one'}}]},"
          + "'get_tasks':{'tasks':[{'task_id':{'value':'t1'},'framework_id':{'value':'F1'},"
          + "'agent_id':{'value':'A1'},'state':'TASK_RUNNING','resources':["
          + "{'name':'cpus','type':'SCALAR','scalar':{'value':0.5}},"
          + "{'name':'mem','type':'SCALAR','scalar':{'value':64.0}}]}]}}}}";

  private final LiveState state = new LiveState();

  private void take(String event) throws JsonProcessingException {
    state.take(JSON.readTree(event.replace('\'', '"')));
  }

  private void added(String task) throws JsonProcessingException {
    take(
        "{'type':'TASK_ADDED','task_added':{'task':{'task_id':{'value':'"
            + task
            + "'},'framework_id':{'value':'F1'},'agent_id':{'value':'A1'},'state':'TASK_STAGING'}}}");
  }

  private void updated(String task, String to) throws JsonProcessingException {
    take(
        "{'type':'TASK_UPDATED','task_updated':{'framework_id':{'value':'F1'},'status':{'task_id':{'value':'"
            + task
            + "'}},'state':'"
            + to
            + "'}}");
  }

  private List<String> tasks() {
    return state.tasks().stream().map(task -> task.id() + " " + task.state()).toList();
  }

  @Test
  void itBeginsWithAllThereIsAndFollows() throws Exception {
    take(SUBSCRIBED);
    assertEquals(List.of(new LiveState.Member("A1", "h1:7")), state.agents());
    assertEquals(List.of(new LiveState.Member("F1", "one")), state.frameworks());
    assertEquals(List.of("t1 TASK_RUNNING"), tasks());

    added("t2");
    updated("t1", "TASK_KILLING");
    assertEquals(List.of("t1 TASK_KILLING", "t2 TASK_STAGING"), tasks());
    updated("t1", "TASK_KILLED");
    updated("t1", "TASK_KILLED");
    updated("unknown", "TASK_FAILED");
    assertEquals(List.of("t2 TASK_STAGING"), tasks());
    assertEquals(Map.of("TASK_KILLED", 1L), state.ended());

    take("{'type':'AGENT_REMOVED','agent_removed':{'agent_id':{'value':'A1'}}}");
    take(
        "{'type':'FRAMEWORK_REMOVED','framework_removed':{'framework_info':{'id':{'value':'F1'}}}}");
    assertEquals(List.of(), state.agents());
    assertEquals(List.of(), state.frameworks());
  }

  /** No event tells that an agent is out of reach, or marked gone. */
  @Test
  void agentsThatAreNotThereAreDroppedButForThoseThatCameSince() throws Exception {
    take(SUBSCRIBED);
    joined("A2");
    var asked = state.changes();
    joined("A3");
    state.keepAgents(agents("A2"), asked);
    assertEquals(List.of("A2", "A3"), state.agents().stream().map(LiveState.Member::id).toList());

    joined("A1");
    state.keepAgents(agents("A2", "A1"), state.changes());
    assertEquals(List.of("A2", "A1"), state.agents().stream().map(LiveState.Member::id).toList());
  }

  private void joined(String agent) throws JsonProcessingException {
    take(
        "{'type':'AGENT_ADDED','agent_added':{'agent':{'agent_info':{'id':{'value':'%s'}}}}}"
            .formatted(agent));
  }

  private static JsonNode agents(String... ids) {
    var answer = JSON.createObjectNode().put("type", "GET_AGENTS");
    var agents = answer.putObject("get_agents").putArray("agents");
    for (var id : ids) {
      agents.addObject().putObject("agent_info").putObject("id").put("value", id);
    }
    return answer;
  }

  @Test
  void whatIsThereAnewTakesThePlaceOfWhatWasAndAResumptionLeavesIt() throws Exception {
    take(SUBSCRIBED);
    added("t2");
    take("{'type':'SUBSCRIBED','subscribed':{'resumed':true}}");
    assertEquals(2, state.tasks().size());
    take(SUBSCRIBED);
    assertEquals(List.of("t1 TASK_RUNNING"), tasks());
  }

  @Test
  void theScreenShowsWhatFitsAndSaysHowMuchDoesNot() throws Exception {
    take(SUBSCRIBED);
    for (var i = 2; i < 12; i++) {
      added("t" + i);
    }
    var lines = Screen.of(state, 16).lines().toList();
    assertEquals(
        "1 agents, 1 frameworks, 11 tasks {TASK_RUNNING=1, TASK_STAGING=10}; ended since: none",
        lines.getFirst());
    assertTrue(lines.contains("A1     h1:7  11     0.5   64"), () -> String.join("\n", lines));
    assertTrue(lines.contains("F1         one   11     0.5   64"), () -> String.join("\n", lines));
    assertEquals("... and 9 more", lines.getLast());
    assertTrue(lines.size() <= 16, () -> String.join("\n", lines));
  }
}
