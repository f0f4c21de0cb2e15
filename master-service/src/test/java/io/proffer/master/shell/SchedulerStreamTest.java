package io.proffer.master.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.scheduler.Call;
import io.proffer.api.v1.scheduler.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a scheduler's stream shows. */
@Timeout(30)
@SuppressWarnings("deprecation") // the fields of old frameworks
class SchedulerStreamTest {
  private RunningMaster master;

  @BeforeEach
  void start() {
    master = RunningMaster.start();
  }

  @AfterEach
  void stop() {
    master.close();
  }

  @Test
  void headersHaveTheReferencesOrder() throws Exception {
    try (var scheduler = open(RunningMaster.JSON)) {
      var head = scheduler.stream().head().replaceAll(": [^\r]*", "");

      assertEquals(
          """
          HTTP/1.1 200 OK\r
          Date\r
          Transfer-Encoding\r
          Mesos-Stream-Id\r
          Content-Type\r
          X-Accel-Buffering\r
          """,
          head);
      assertEquals("application/json", scheduler.stream().header("Content-Type"));
    }
  }

  @Test
  void aSubscriptionIsConfirmedAndAHeartbeatFollowsAtOnce() throws Exception {
    try (var scheduler = open(RunningMaster.JSON)) {
      var subscribed = scheduler.next();

      assertEquals(Event.Type.SUBSCRIBED, subscribed.getType());
      assertEquals(15.0, subscribed.getSubscribed().getHeartbeatIntervalSeconds());
      assertEquals("1.11.0", subscribed.getSubscribed().getMasterInfo().getVersion());
      assertEquals("{\"type\":\"HEARTBEAT\"}", scheduler.stream().nextText());
    }
  }

  @Test
  void theAcceptHeaderDecidesHowEventsAreWorded() throws Exception {
    try (var scheduler = open(RunningMaster.PROTOBUF)) {
      assertEquals("application/x-protobuf", scheduler.stream().header("Content-Type"));
      assertEquals(Event.Type.SUBSCRIBED, scheduler.next().getType());
      assertEquals(Event.Type.HEARTBEAT, scheduler.next().getType());
    }
  }

  @Test
  void aRefusedSubscriptionIsAnErrorEventAndTheEnd() throws Exception {
    var info = ScriptedScheduler.info().setRole("x").build();
    try (var scheduler = ScriptedScheduler.open(master, info, RunningMaster.JSON)) {
      var event = scheduler.next();

      assertTrue(scheduler.stream().head().startsWith("HTTP/1.1 200 OK"));
      assertEquals(Event.Type.ERROR, event.getType());
      assertEquals(
          "'FrameworkInfo.role' must not be set when the framework is MULTI_ROLE capable",
          event.getError().getMessage());
      assertNull(scheduler.next());
    }
  }

  @Test
  void theOlderStreamOfAFrameworkIsToldAndEnds() throws Exception {
    try (var first = ScriptedScheduler.subscribe(master, ScriptedScheduler.info().build());
        var second =
            ScriptedScheduler.subscribe(
                master, ScriptedScheduler.info().setId(first.id()).build())) {
      assertEquals(first.id(), second.id());
      assertEquals("Framework failed over", first.next(Event.Type.ERROR).getError().getMessage());
      assertNull(first.next());
    }
  }

  @Test
  void anAcceptedCallIsAnsweredWithNothing() throws Exception {
    try (var scheduler = ScriptedScheduler.subscribe(master, ScriptedScheduler.info().build())) {
      var revive = Call.newBuilder().setType(Call.Type.REVIVE);

      var accepted = scheduler.call(revive);

      assertEquals(202, accepted.statusCode());
      assertEquals("", accepted.body());
      assertTrue(accepted.headers().firstValue("Content-Type").isEmpty());
    }
  }

  @Test
  void anOfferShowsItsAgentAsTheFrameworksCapabilitiesAsk() throws Exception {
    try (var agent = ScriptedAgent.register(master, ScriptedAgent.subscription());
        var modern = ScriptedScheduler.subscribe(master, ScriptedScheduler.info().build())) {
      var offer = modern.next(Event.Type.OFFERS).getOffers().getOffers(0);

      assertEquals(agent.id(), offer.getAgentId());
      assertEquals("host-a", offer.getHostname());
      assertEquals("http", offer.getUrl().getScheme());
      assertEquals("127.0.0.1", offer.getUrl().getAddress().getIp());
      assertEquals(5051, offer.getUrl().getAddress().getPort());
      assertEquals("/slave(1)", offer.getUrl().getPath());
      assertEquals("r", offer.getAllocationInfo().getRole());
      assertEquals("r", offer.getResources(0).getAllocationInfo().getRole());
      assertFalse(offer.getResources(0).hasRole());
    }
  }

  @Test
  void anOldFrameworkSeesRolesAndNoAllocation() throws Exception {
    var info = FrameworkInfo.newBuilder().setUser("root").setName("old").build();
    try (var agent = ScriptedAgent.register(master, ScriptedAgent.subscription());
        var old = ScriptedScheduler.subscribe(master, info)) {
      var offer = old.next(Event.Type.OFFERS).getOffers().getOffers(0);

      assertEquals(agent.id(), offer.getAgentId());
      assertFalse(offer.hasAllocationInfo());
      assertFalse(offer.getResources(0).hasAllocationInfo());
      assertEquals("*", offer.getResources(0).getRole());
    }
  }

  private ScriptedScheduler open(String type) throws Exception {
    return ScriptedScheduler.open(master, ScriptedScheduler.info().build(), type);
  }
}
