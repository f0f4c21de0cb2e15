package io.proffer.master.core.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.resource.Resources;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is worth an offer, of names that agents have, have not, and have later. */
final class MinimumTest {
  private final ClusterTotal names = new ClusterTotal(List.of());

  private Minimum minimum(String text) {
    return new Minimum(MinAllocatable.parse(text), names);
  }

  private Resources agent(String resources) {
    var total = Rows.resources(resources);
    names.add(total);
    return total;
  }

  @Test
  void oneAlternativeIsEnoughAndAllOfItIsNeeded() {
    var agent = agent("cpus:1;mem:64;disk:10");
    assertTrue(minimum("cpus:2|mem:64").allows(agent));
    assertTrue(minimum("cpus:1;mem:64").allows(agent));
    assertFalse(minimum("cpus:1;mem:65|cpus:2").allows(agent));
    assertTrue(minimum("").allows(agent));
    assertFalse(minimum("").allows(Resources.empty()));
  }

  @Test
  void piecesOfOneNameAreAddedUp() {
    var agent = agent("disk:10").plus(Pieces.mount("data", 60));
    assertTrue(minimum("disk:70").allows(agent));
    assertFalse(minimum("disk:71").allows(agent));
  }

  @Test
  void whatIsNoScalarIsNotNumbered() {
    var agent = agent("cpus:1;ports:[1-9]");
    assertTrue(minimum("cpus:1").allows(agent));
    assertFalse(minimum("ports:1").allows(agent));
    assertEquals(List.of("cpus"), names.nameList());
  }

  @Test
  void aNameThatNoAgentHasIsFoundOnceOneHasItAndNotShownBefore() {
    var wanted = minimum("gpus:1");
    assertFalse(wanted.allows(agent("cpus:1")));
    assertEquals(List.of("cpus"), names.nameList());
    assertTrue(wanted.allows(agent("cpus:1;gpus:2")));
    assertFalse(wanted.allows(Rows.resources("cpus:1")));
  }
}
