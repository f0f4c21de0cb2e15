package io.proffer.master.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.resource.Resources;
import io.proffer.api.v1.master.Call;
import io.proffer.api.v1.master.Response;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weights and quotas by calls and by plain endpoints; JSON has single quotes for double ones. */
@Timeout(60)
class RoleCallsTest {
  private static final String CPUS = "{'name':'cpus','type':'SCALAR','scalar':{'value':1}}";

  private RunningMaster master;
  private ScriptedAgent agent;

  @BeforeEach
  void start() throws Exception {
    master = RunningMaster.start();
    agent = ScriptedAgent.register(master, ScriptedAgent.subscription());
  }

  @AfterEach
  void stop() throws Exception {
    agent.close();
    master.close();
  }

  private String call(String json) throws Exception {
    return master.operator(json.replace('\'', '"')).replace('"', '\'');
  }

  private String send(String method, String path, String body) throws Exception {
    var publisher = HttpRequest.BodyPublishers.ofString(body.replace('\'', '"'));
    var answer = master.send(master.request(path).method(method, publisher));
    return answer.statusCode() + " " + answer.body().replace('"', '\'');
  }

  @Test
  void weightsThatWereSetAreShownEverywhere() throws Exception {
    assertEquals(
        "",
        call(
            "{'type':'UPDATE_WEIGHTS','update_weights':{'weight_infos':[{'role':'a/b','weight':2.5}]}}"));

    assertEquals(
        "{'type':'GET_WEIGHTS','get_weights':{'weight_infos':[{'weight':2.5,'role':'a/b'}]}}",
        call("{'type':'GET_WEIGHTS'}"));
    assertEquals("200 [{'role':'a/b','weight':2.5}]", send("GET", "/weights", ""));
    // The role above it is known through it.
    assertEquals(
        "{'type':'GET_ROLES','get_roles':{'roles':[{'name':'a','weight':1.0},"
            + "{'name':'a/b','weight':2.5}]}}",
        call("{'type':'GET_ROLES'}"));
    assertEquals("200 ", send("PUT", "/master/weights", "[{'role':'a/b','weight':1}]"));
    assertEquals("200 [{'role':'a/b','weight':1.0}]", send("GET", "/weights", ""));
  }

  @Test
  void rolesAreReadPageByPageAndByFrameworkAsPlainOnes() throws Exception {
    call(
        "{'type':'UPDATE_WEIGHTS','update_weights':{'weight_infos':[{'role':'a','weight':1},"
            + "{'role':'b','weight':2},{'role':'c','weight':3}]}}");
    var info = ScriptedScheduler.info().build();
    try (var scheduler = ScriptedScheduler.subscribe(master, info)) {
      assertEquals(List.of("a", "b", "c", "r"), roles(""));
      assertEquals(List.of("b"), roles("?limit=1&offset=1"));
      assertEquals(List.of("r", "c"), roles("?limit=2&order=desc"));
      assertEquals(List.of("r"), roles("?framework_id=" + scheduler.id().getValue()));
      assertEquals(List.of(), roles("?framework_id=nobody"));
    }
  }

  private List<String> roles(String query) throws Exception {
    var request =
        master
            .request("/api/v1" + query)
            .header("Content-Type", RunningMaster.JSON)
            .POST(HttpRequest.BodyPublishers.ofString("{\"type\":\"GET_ROLES\"}"));
    var answer = master.send(request).body().replace('"', '\'');
    return Pattern.compile("'name':'([a-z]+)','weight'")
        .matcher(answer)
        .results()
        .map(role -> role.group(1))
        .toList();
  }

  @Test
  void quotasThatWereSetAreShownEverywhere() throws Exception {
    assertEquals(
        "",
        call(
            "{'type':'UPDATE_QUOTA','update_quota':{'quota_configs':[{'role':'q',"
                + "'guarantees':{'cpus':{'value':1.5}},'limits':{'gpus':{'value':0}}}]}}"));

    var status =
        "{'infos':[{'role':'q','guarantee':[{'name':'cpus','type':'SCALAR','scalar':{'value':1.5}}]}],"
            + "'configs':[{'role':'q','guarantees':{'cpus':{'value':1.5}},"
            + "'limits':{'gpus':{'value':0.0}}}]}";
    assertEquals(
        "{'type':'GET_QUOTA','get_quota':{'status':" + status + "}}", call("{'type':'GET_QUOTA'}"));
    assertEquals("200 " + status, send("GET", "/quota", ""));
    assertEquals(
        "200 {'roles':[{'name':'q','weight':1.0,'quota':{'role':'q','guarantee':{'cpus':1.5},"
            + "'limit':{'gpus':0.0},'consumed':{}},'resources':{},'allocated':{},'offered':{},"
            + "'reserved':{},'frameworks':[]}]}",
        send("GET", "/roles", ""));
    assertEquals("200 ", send("DELETE", "/quota/q", ""));
    assertEquals("200 {'roles':[]}", send("GET", "/roles", ""));
    assertEquals(
        "200 {'infos':[{'role':'q'}],'configs':[{'role':'q'}]}", send("GET", "/quota", ""));
  }

  /** What is reserved makes a role known, and counts in those above it; ranges count members. */
  @Test
  void reservationsAreCountedForTheirRoleAndThoseAboveIt() throws Exception {
    var reserved = Resources.parse("cpus(a):1;cpus(a/b):1.5;ports(a/b):[1-3];mem:64", "*");
    var subscription = ScriptedAgent.subscription();
    subscription.getAgentInfoBuilder().clearResources().addAllResources(reserved.messages());
    subscription.getAgentInfoBuilder().setPort(5052);
    subscription.setSession("another");
    try (var other = ScriptedAgent.register(master, subscription)) {
      assertEquals(
          "200 {'roles':[{'name':'a','weight':1.0,'quota':{'role':'a','guarantee':{},'limit':{},"
              + "'consumed':{'cpus':2.5}},'resources':{},'allocated':{},'offered':{},"
              + "'reserved':{'cpus':2.5,'ports':3.0},'frameworks':[]},"
              + "{'name':'a/b','weight':1.0,'quota':{'role':'a/b','guarantee':{},'limit':{},"
              + "'consumed':{'cpus':1.5}},'resources':{},'allocated':{},'offered':{},"
              + "'reserved':{'cpus':1.5,'ports':3.0},'frameworks':[]}]}",
          send("GET", "/roles", ""));
      assertEquals(
          "{'type':'GET_ROLES','get_roles':{'roles':[{'name':'a','weight':1.0},"
              + "{'name':'a/b','weight':1.0}]}}",
          call("{'type':'GET_ROLES'}"));
      assertNotNull(other.id());
    }
  }

  @Test
  void aQuotaOfNoRoleIsRefusedAndChangesNothing() throws Exception {
    var body =
        "{'type':'UPDATE_QUOTA','update_quota':{'quota_configs':[{'limits':{'cpus':{'value':1}}}]}}";
    var request =
        master
            .request("/api/v1")
            .header("Content-Type", RunningMaster.JSON)
            .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')));
    var answer = master.send(request);
    assertEquals(400, answer.statusCode());
    assertTrue(answer.body().contains("role"), answer.body());
    assertEquals("200 {}", send("GET", "/quota", ""));
  }

  @Test
  void callsAndAnswersMayBeProtobuf() throws Exception {
    var update = Call.newBuilder().setType(Call.Type.UPDATE_WEIGHTS);
    update.getUpdateWeightsBuilder().addWeightInfosBuilder().setRole("r").setWeight(0.25);
    assertEquals(0, protobuf(update.build()).length);

    var weights = protobuf(Call.newBuilder().setType(Call.Type.GET_WEIGHTS).build());
    assertEquals(
        update.getUpdateWeights().getWeightInfosList(),
        Response.parseFrom(weights).getGetWeights().getWeightInfosList());
  }

  private byte[] protobuf(Call call) throws Exception {
    return master
        .sendForBytes(
            master
                .request("/api/v1")
                .header("Content-Type", RunningMaster.PROTOBUF)
                .header("Accept", RunningMaster.PROTOBUF)
                .POST(HttpRequest.BodyPublishers.ofByteArray(call.toByteArray())))
        .body();
  }

  @Test
  void theOldFormIsSetAndRemovedByCalls() throws Exception {
    var set =
        "{'type':'SET_QUOTA','set_quota':{'quota_request':{'role':'old','guarantee':["
            + CPUS
            + "]}}}";
    assertEquals("", call(set));
    assertTrue(call(set).contains("Cannot set quota for role 'old' which already has quota"));
    var remove = "{'type':'REMOVE_QUOTA','remove_quota':{'role':'old'}}";
    assertEquals("", call(remove));
    assertEquals("Failed to remove quota: Role 'old' has no quota set", call(remove));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "PUT|/weights|x|Failed to parse update weights request JSON 'x': syntax error at line 1"
            + " near: x",
        "PUT|/weights|{'role': 'r', 'weight': 2.0}|Failed to parse update weights request JSON"
            + " '{'role': 'r', 'weight': 2.0}': Unexpected JSON type parsed",
        "PUT|/weights|[{'role':'r'}]|Failed to convert weights JSON array to protobuf"
            + " '[{'role':'r'}]': Missing required fields: weight",
        "PUT|/weights|[7]|Failed to convert weights JSON array to protobuf '[7]': Expecting a JSON"
            + " object",
        "PUT|/weights|[{'role':'r','weight':-2}]|Failed to validate update weights request JSON for"
            + " role 'r': Invalid weight '-2': Weights must be positive",
        "POST|/quota|{|Failed to parse set quota request JSON '{': syntax error at line 1 near: ",
        "POST|/quota|{'role':{}}|Failed to validate set quota request JSON '{'role':{}}': Not"
            + " expecting a JSON object for field 'role'",
        "POST|/quota|{}|Failed to validate set quota request: QuotaInfo with invalid role: Role"
            + " names cannot be the empty string",
        "DELETE|/quota||Failed to parse remove quota request for path '/master/quota': expected 3"
            + " tokens, found 2 tokens",
        "DELETE|/master/quota/a/b||Failed to parse remove quota request for path"
            + " '/master/quota/a/b': expected 3 tokens, found 4 tokens",
        "DELETE|/quota/r||Failed to remove quota for path '/master/quota/r': Role 'r' has no quota"
            + " set",
        "DELETE|/quota/%C3%A4||Failed to remove quota for path '/master/quota/%C3%A4': Role 'ä' has"
            + " no quota set"
      })
  void whatIsWrongIsToldInTheWordsOfTheReference(
      String method, String path, String body, String text) throws Exception {
    var answer = send(method, path, body == null ? "" : body);

    assertEquals("400 " + text, answer.strip());
    assertEquals("200 []", send("GET", "/weights", ""));
    assertEquals("200 {}", send("GET", "/quota", ""));
  }

  @Test
  void moreThanTheClusterHasIsAConflict() throws Exception {
    assertEquals(
        "409 Quota guarantees overcommit the cluster (use 'force' to bypass this check): Total"
            + " quota guarantees 'cpus:100000' exceed cluster capacity 'cpus:4; mem:4096'",
        send("POST", "/quota", "{'role':'r','guarantee':[" + CPUS.replace("1}", "100000}") + "]}"));
  }
}
