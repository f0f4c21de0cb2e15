package io.proffer.master.sight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.google.protobuf.ByteString;
import io.proffer.api.acl.AclDocument;
import io.proffer.api.acl.AclFormatException;
import io.proffer.api.acl.Rights;
import io.proffer.api.id.AgentId;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.AgentInfo;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.AgentLink;
import io.proffer.master.core.fact.Orders;
import io.proffer.master.core.fact.Said;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An agent as one sees it who may see the role {@code red} alone. */
class AgentSightTest {
  private static final String RED_ONLY =
      "{\"permissive\": false, \"view_roles\": [{\"principals\": {\"type\": \"ANY\"},"
          + " \"roles\": {\"values\": [\"red\"]}}]}";

  private static Sight sight() throws AclFormatException {
    return Sight.of(new Rights(AclDocument.parse(RED_ONLY), Optional.of("ann")));
  }

  @Test
  void whoseResourcesMayAllBeSeenIsTheSameRow() throws AclFormatException {
    for (var resources : List.of("cpus:4;mem:1024", "cpus:4;cpus(red):1", "ports:[1-9]", "")) {
      var agent = agent(resources, Resources.parse("cpus(red):1", "*"));
      assertSame(agent, sight().of(agent), resources);
    }
  }

  @Test
  void whatIsHiddenIsLeftOutWhereverItStands() throws AclFormatException {
    var hidden = agent("cpus:4;cpus(blue):1", Resources.empty());
    var seen = sight().of(hidden);
    assertEquals(Resources.parse("cpus:4", "*"), seen.total());
    assertEquals(Resources.parse("cpus:4", "*"), Resources.of(seen.info().getResourcesList()));

    var offered = agent("cpus:4", Resources.parse("cpus(blue):1", "*"));
    assertEquals(Resources.empty(), sight().of(offered).offered());
    assertSame(offered.total(), sight().of(offered).total());
  }

  private static Agent agent(String resources, Resources offered) {
    var total = Resources.parse(resources, "*");
    return new Agent(
        new AgentId("a"),
        AgentInfo.newBuilder().setHostname("a").addAllResources(total.messages()).build(),
        "127.0.0.1",
        "1.11.0",
        List.of(),
        ByteString.EMPTY,
        new AgentLink.Connected("session"),
        Orders.NONE,
        total,
        Resources.empty(),
        offered,
        Instant.EPOCH,
        Optional.empty(),
        Said.UNKNOWN);
  }
}
