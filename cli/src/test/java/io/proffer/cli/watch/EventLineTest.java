package io.proffer.cli.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventLineTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type':'SUBSCRIBED','subscribed':{'get_state':{'get_agents':{'agents':[{},{}]},'get_frameworks':{'frameworks':[{}]},'get_tasks':{'tasks':[]}}}}"
            + "|SUBSCRIBED         2 agents, 1 frameworks, 0 tasks",
        "{'type':'SUBSCRIBED','subscribed':{'resumed':true}}|SUBSCRIBED         goes on where it was",
        "{'type':'TASK_ADDED','task_added':{'task':{'task_id':{'value':'t'},'framework_id':{'value':'F'},'agent_id':{'value':'A'},'state':'TASK_STAGING'}}}"
            + "|TASK_ADDED         t of F on A: TASK_STAGING",
        "{'type':'TASK_UPDATED','task_updated':{'framework_id':{'value':'F'},'status':{'task_id':{'value':'t'},'agent_id':{'value':'A'},'state':'TASK_FAILED','reason':'REASON_X','message':'why'},'state':'TASK_FAILED'}}"
            + "|TASK_UPDATED       t of F on A: TASK_FAILED (REASON_X, why)",
        "{'type':'TASK_UPDATED','task_updated':{'framework_id':{'value':'F'},'status':{'task_id':{'value':'t'},'state':'TASK_LOST'},'state':'TASK_LOST'}}"
            + "|TASK_UPDATED       t of F on -: TASK_LOST",
        "{'type':'AGENT_ADDED','agent_added':{'agent':{'agent_info':{'id':{'value':'A'},'hostname':'h'}}}}"
            + "|AGENT_ADDED        A at h:5051",
        "{'type':'AGENT_REMOVED','agent_removed':{'agent_id':{'value':'A'}}}|AGENT_REMOVED      A",
        "{'type':'FRAMEWORK_REMOVED','framework_removed':{'framework_info':{'id':{'value':'F'},'name':'n'}}}"
            + "|FRAMEWORK_REMOVED  F (n)",
        "{'type':'FRAMEWORK_REMOVED','framework_removed':{'framework_info':{'id':{'value':'F'},'name':'a\\u001b[2Jb'}}}"
            + "|FRAMEWORK_REMOVED  F (a\\u001b[2Jb)",
        "{'type':'NEW_ONE','x':1}|NEW_ONE            {\"type\":\"NEW_ONE\",\"x\":1}",
      })
  void eachIsALineForPeople(String event, String line) throws JsonProcessingException {
    assertEquals(line, EventLine.of(JSON.readTree(event.replace('\'', '"'))));
  }
}
