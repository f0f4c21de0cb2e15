package io.proffer.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.resource.Attributes;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.AgentInfo;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ReconfigurationPolicyTest {
  private static final AgentInfo BEFORE = info("cpus:4;mem:4096", "rack:a1;slots:[1-4]");

  private static AgentInfo info(String resources, String attributes) {
    return AgentInfo.newBuilder()
        .setHostname("host")
        .setPort(5051)
        .addAllResources(Resources.parse(resources, "*").messages())
        .addAllAttributes(Attributes.parse(attributes))
        .build();
  }

  private static void expect(boolean equal, boolean additive, AgentInfo now) {
    assertEquals(equal, ReconfigurationPolicy.equal.violation(BEFORE, now, false).isEmpty());
    assertEquals(additive, ReconfigurationPolicy.additive.violation(BEFORE, now, false).isEmpty());
  }

  @Test
  void theSameIsAlwaysAllowed() {
    expect(true, true, info("mem:4096;cpus:4", "rack:a1;slots:[1-4]"));
  }

  @Test
  void resourcesMayGrowAndBeAdded() {
    expect(false, true, info("cpus:8;mem:4096", "rack:a1;slots:[1-4]"));
    expect(false, true, info("cpus:4;mem:4096;gpus:1", "rack:a1;slots:[1-4]"));
    expect(false, false, info("cpus:3;mem:4096", "rack:a1;slots:[1-4]"));
    expect(false, false, info("cpus:4", "rack:a1;slots:[1-4]"));
  }

  @Test
  void attributesMayBeAddedAndTheirRangesGrow() {
    expect(false, true, info("cpus:4;mem:4096", "rack:a1;slots:[1-4];zone:z"));
    expect(false, true, info("cpus:4;mem:4096", "rack:a1;slots:[1-9]"));
    expect(false, false, info("cpus:4;mem:4096", "rack:a1;slots:[2-9]"));
    expect(false, false, info("cpus:4;mem:4096", "rack:a2;slots:[1-4]"));
    expect(false, false, info("cpus:4;mem:4096", "rack:a1"));
  }

  @Test
  void hostNameAndPortStayUnlessThePortIsLeftToChance() {
    expect(false, false, BEFORE.toBuilder().setHostname("other").build());
    var moved = BEFORE.toBuilder().setPort(5052).build();
    expect(false, false, moved);
    assertEquals(Optional.empty(), ReconfigurationPolicy.equal.violation(BEFORE, moved, true));
  }

  @Test
  void theDifferenceIsSaid() {
    var said =
        ReconfigurationPolicy.equal.violation(
            BEFORE, info("cpus:8;mem:4096", "rack:a1;slots:[1-4]"), false);
    assertTrue(said.orElseThrow().startsWith("resources: '"), said.orElseThrow());
    var attributes =
        ReconfigurationPolicy.equal.violation(
            BEFORE, info("cpus:4;mem:4096", "rack:a2;slots:[1-4, 7-9];level:4"), false);
    assertEquals(
        Optional.of(
            "attributes: 'rack:a1;slots:[1-4]' before, 'rack:a2;slots:[1-4, 7-9];level:4' now"),
        attributes);
  }
}
