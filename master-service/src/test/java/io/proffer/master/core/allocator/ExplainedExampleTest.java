package io.proffer.master.core.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.OfferFilters;
import io.proffer.api.v1.Value;
import io.proffer.api.v1.scheduler.AttributeConstraint;
import io.proffer.api.v1.scheduler.OfferConstraints;
import io.proffer.master.core.event.ExecutorEvent;
import io.proffer.master.core.fact.Executor;
import io.proffer.master.core.fact.Finding;
import io.proffer.master.core.fact.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The example of an explanation in the API document is what this cluster explains. */
final class ExplainedExampleTest {
  private static final String IDS = "7a1d7f0e-4f0d-4a56-9a1e-3c0c1c0a7c55-";
  private static final String OTHER = IDS + "0001";
  private static final String ASKED = IDS + "0002";

  private final TestCluster cluster = TestCluster.withDefaults();

  @Test
  void theDocumentSaysWhatTheCodeSays() throws IOException {
    fill();
    var document = document();

    var explanation =
        cluster
            .allocator()
            .explaining(new FrameworkId(ASKED), Optional.empty(), Optional.empty())
            .orElseThrow()
            .go(new Allowance(100), cluster.moment())
            .orElseThrow();

    var findings = explanation.roles().stream().flatMap(role -> role.findings().stream()).toList();
    assertEquals(
        List.of(Reason.CONSTRAINT, Reason.QUOTA_LIMIT, Reason.HEADROOM, Reason.BEHIND),
        findings.stream().map(Finding::reason).toList());
    assertEquals(List.of(2, 2, 3, 1), findings.stream().map(Finding::agents).toList());
    for (var finding : findings) {
      assertTrue(document.contains("sentence: \"" + finding.sentence() + "\""), finding::sentence);
      finding
          .details()
          .forEach(
              (name, value) -> assertTrue(document.contains(name + ": \"" + value + "\""), value));
    }
  }

  /** Two racks, a limit of {@code eng}, a guarantee of {@code ops}, reservations for batch. */
  private void fill() {
    cluster.setQuota("eng", "", "cpus:4;mem:8192");
    cluster.setQuota("ops", "cpus:40;mem:200000", "");
    cluster.weigh("ops", 2);
    cluster.add(
        Rows.agent(IDS + "S0", "cpus:16;mem:65536", "rack:r2"),
        Rows.agent(IDS + "S1", "cpus:16;mem:65536", "rack:r1"),
        Rows.agent(IDS + "S2", "cpus:16;mem:65536", "rack:r1"),
        Rows.agent(IDS + "S3", "cpus(batch):4;mem(batch):8192", "rack:r2"));
    cluster.add(Rows.framework(OTHER, "ops"));
    cluster.add(
        Rows.framework(
            ASKED, needingOneCpu(), List.of("eng/web", "batch"), List.of(), onRackOne()));
    use(ASKED, "batch", "S0", "cpus:8;mem:8192");
    use(ASKED, "eng/web", "S1", "cpus:3.5;mem:3072");
    use(OTHER, "ops", "S2", "cpus:4;mem:4096");
  }

  private static FrameworkInfo.Builder needingOneCpu() {
    var oneCpu =
        OfferFilters.ResourceQuantities.newBuilder()
            .putQuantities("cpus", Value.Scalar.newBuilder().setValue(1).build());
    var least = OfferFilters.MinAllocatableResources.newBuilder().addQuantities(oneCpu);
    return Rows.info(FrameworkInfo.Capability.Type.MULTI_ROLE)
        .putOfferFilters(
            "eng/web", OfferFilters.newBuilder().setMinAllocatableResources(least).build());
  }

  private static OfferConstraints onRackOne() {
    var equal = AttributeConstraint.Predicate.TextEquals.newBuilder().setValue("r1");
    var constraint =
        AttributeConstraint.newBuilder()
            .setSelector(AttributeConstraint.Selector.newBuilder().setAttributeName("rack"))
            .setPredicate(AttributeConstraint.Predicate.newBuilder().setTextEquals(equal));
    var group =
        OfferConstraints.RoleConstraints.Group.newBuilder().addAttributeConstraints(constraint);
    var groups = OfferConstraints.RoleConstraints.newBuilder().addGroups(group).build();
    return OfferConstraints.newBuilder().putRoleConstraints("eng/web", groups).build();
  }

  private void use(String framework, String role, String agent, String resources) {
    var executor =
        new Executor(
            new FrameworkId(framework),
            new ExecutorId("e"),
            new AgentId(IDS + agent),
            role,
            Rows.resources(resources).withAllocation(role),
            ByteString.EMPTY,
            true);
    cluster.tell(new ExecutorEvent.Readded(executor));
  }

  private static String document() throws IOException {
    try (InputStream in =
        ExplainedExampleTest.class.getResourceAsStream("/io/proffer/api/openapi/documents.yaml")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
