package io.proffer.master.core.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.id.FrameworkId;
import io.proffer.api.v1.scheduler.AttributeConstraint;
import io.proffer.api.v1.scheduler.OfferConstraints;
import io.proffer.master.core.fact.ConstraintLimits;
import io.proffer.master.core.fact.Reason;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Regular expressions that take long, and are allowed: whoever sends them waits for them, in many
 * slices, and nobody else does.
 */
final class ConstraintCostTest {
  private static final int AGENTS = 20;

  /** What a slice may examine of agents whose constraints are known already. */
  private static final long BUDGET = 1_000;

  private static final String SLOW = "(?:" + ".*".repeat(20) + "z)";
  private static final int MOST = 200;

  private final TestCluster cluster = TestCluster.withDefaults();

  /** One group, which is true of nobody: the last one of them is what is not true. */
  private static OfferConstraints slow() {
    var group = OfferConstraints.RoleConstraints.Group.newBuilder();
    for (int i = 1; i < MOST; i++) {
      group.addAttributeConstraints(
          rack(
              AttributeConstraint.Predicate.newBuilder()
                  .setTextNotMatches(
                      AttributeConstraint.Predicate.TextNotMatches.newBuilder().setRegex(SLOW))));
    }
    group.addAttributeConstraints(
        rack(
            AttributeConstraint.Predicate.newBuilder()
                .setTextEquals(
                    AttributeConstraint.Predicate.TextEquals.newBuilder().setValue("no"))));
    return OfferConstraints.newBuilder()
        .putRoleConstraints(
            "r", OfferConstraints.RoleConstraints.newBuilder().addGroups(group).build())
        .build();
  }

  private static AttributeConstraint.Builder rack(AttributeConstraint.Predicate.Builder predicate) {
    return AttributeConstraint.newBuilder()
        .setSelector(AttributeConstraint.Selector.newBuilder().setAttributeName("rack"))
        .setPredicate(predicate);
  }

  private void fill() {
    cluster.add(Rows.framework("f1", Rows.info(), List.of("r"), List.of(), slow()));
    for (int i = 0; i < AGENTS; i++) {
      cluster.add(Rows.agent("s" + i, "cpus:1;mem:64", "rack:rack-17"));
    }
  }

  /** How many slices it takes until nothing is due. */
  private int slicesOfARun() {
    int slices = 0;
    do {
      assertEquals(List.of(), cluster.allocator().allocate(BUDGET, cluster.moment()));
      slices++;
    } while (cluster.allocator().nextDeadlineNanos().orElse(Long.MAX_VALUE) <= cluster.now());
    return slices;
  }

  private int turnsOfAnExplanation() {
    var explaining =
        cluster
            .allocator()
            .explaining(new FrameworkId("f1"), Optional.empty(), Optional.empty())
            .orElseThrow();
    int turns = 1;
    var explanation = explaining.go(new Allowance(BUDGET), cluster.moment());
    while (explanation.isEmpty()) {
      explanation = explaining.go(new Allowance(BUDGET), cluster.moment());
      turns++;
    }
    var finding = explanation.get().roles().getFirst().findings().getFirst();
    assertEquals(Reason.CONSTRAINT, finding.reason());
    assertEquals(AGENTS, finding.agents());
    assertEquals("attribute 'rack' is 'no'", finding.details().get("not true"));
    return turns;
  }

  @Test
  void theseConstraintsAreAllowed() {
    assertTrue(
        CompiledConstraints.compile(slow(), ConstraintLimits.defaults())
            instanceof CompiledConstraints.Compiled);
  }

  @Test
  void aSliceAsksNoMoreAgentsThanItHasTimeFor() {
    fill();

    int slices = slicesOfARun();

    assertTrue(slices >= AGENTS, () -> slices + " slices, so that one asked several agents");
  }

  @Test
  void whatTheySayOfAnAgentIsKept() {
    fill();
    slicesOfARun();

    cluster.revive("f1", "r");
    cluster.pass(AllocatorSettings.defaults().allocationInterval());

    assertEquals(1, slicesOfARun());
  }

  @Test
  void anExplanationPaysForThemToo() {
    fill();

    int turns = turnsOfAnExplanation();

    assertTrue(turns >= AGENTS, () -> turns + " turns, so that one asked several agents");
  }

  @Test
  void whatIsNotTrueIsAskedOfAFewAgentsOnly() {
    fill();
    slicesOfARun();

    assertEquals(Obstacles.LISTED + 1, turnsOfAnExplanation());
  }
}
