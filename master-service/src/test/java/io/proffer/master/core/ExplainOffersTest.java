package io.proffer.master.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.acl.AclDocument;
import io.proffer.api.acl.AclFormatException;
import io.proffer.api.acl.Rights;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.effect.Rejection;
import io.proffer.master.core.effect.Reply;
import io.proffer.master.core.event.Event;
import io.proffer.master.core.fact.Explanation;
import io.proffer.master.core.fact.Finding;
import io.proffer.master.core.fact.Reason;
import io.proffer.master.core.fact.RoleExplanation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Why a framework is offered nothing: whom one may ask about, and what one is told. */
class ExplainOffersTest {
  private static final Optional<String> NO_ROLE = Optional.empty();
  private static final Optional<AgentId> NO_AGENT = Optional.empty();
  private static final Rights ALL = Rights.unlimited(Optional.empty());
  private static final Finding REFUSED =
      finding(Reason.REFUSED, "until", "2026-01-01T00:00:05Z", "Refused for 5 more seconds.");
  private static final Finding BEHIND =
      finding(Reason.BEHIND, "behind role", "secret", "Behind role secret.");

  private final Given given = new Given();

  private static Finding finding(Reason reason, String name, String value, String sentence) {
    return new Finding(
        reason, 2, List.of(new AgentId("a")), new TreeMap<>(Map.of(name, value)), sentence);
  }

  private static Rights rights(String acls) throws AclFormatException {
    return new Rights(AclDocument.parse(acls.replace('\'', '"')), Optional.of("ann"));
  }

  private Then ask(FrameworkId id, Optional<String> role, Optional<AgentId> agent, Rights rights) {
    return given.when(new OperatorCommand.Explain(id, role, agent, rights, given.replyTo()));
  }

  private Explanation explained(FrameworkId id, Optional<String> role, Rights rights) {
    return ask(id, role, NO_AGENT, rights).effect(Reply.Explained.class).explanation();
  }

  private Rejection refused(
      FrameworkId id, Optional<String> role, Optional<AgentId> agent, Rights rights) {
    return ask(id, role, agent, rights).effect(Reply.Refused.class).rejection();
  }

  private Scheduler inRoles(String... roles) {
    var info = Infos.framework("r").toBuilder().clearRoles().addAllRoles(List.of(roles));
    return given.subscribed(info.build());
  }

  @Test
  void theAllocatorIsAskedAboutEachRole() {
    given.allocator.findings = Optional.of(List.of(REFUSED));
    var framework = inRoles("r", "s");

    assertEquals(
        new Explanation(
            framework.id(),
            List.of(
                new RoleExplanation("r", List.of(REFUSED)),
                new RoleExplanation("s", List.of(REFUSED)))),
        explained(framework.id(), NO_ROLE, ALL));
  }

  @Test
  void oneRoleAndOneAgentCanBeAskedAbout() {
    given.allocator.findings = Optional.of(List.of(REFUSED));
    var framework = inRoles("r", "s");
    var host = given.agent("cpus:2");

    var frame = ask(framework.id(), Optional.of("s"), Optional.of(host.id()), ALL);

    var roles = frame.effect(Reply.Explained.class).explanation().roles();
    assertEquals(List.of("s"), roles.stream().map(RoleExplanation::role).toList());
    assertEquals(Optional.of(host.id()), given.allocator.asked);
  }

  @Test
  void whatLooksAtManyAgentsGoesOnWithTheNextTicks() {
    given.allocator.findings = Optional.of(List.of(REFUSED));
    given.allocator.slices = 3;
    var framework = inRoles("r", "s");

    var first = ask(framework.id(), NO_ROLE, NO_AGENT, ALL);
    var second = given.tick();
    var third = given.tick();
    var last = given.tick();

    for (var frame : List.of(first, second, third)) {
      assertEquals(List.of(), frame.frame().effects());
    }
    var roles = last.effect(Reply.Explained.class).explanation().roles();
    assertEquals(List.of("r", "s"), roles.stream().map(RoleExplanation::role).toList());
    assertTrue(given.core.nextDeadlineNanos().isEmpty(), "nothing is left to do");
  }

  @Test
  void allRolesTogetherLookAtNoMoreAgentsATurn() {
    given.allocator.findings = Optional.of(List.of(REFUSED));
    given.allocator.agents = 800;
    var framework = inRoles("r", "s", "t");

    assertEquals(List.of(), ask(framework.id(), NO_ROLE, NO_AGENT, ALL).frame().effects());
    var roles = given.tick().effect(Reply.Explained.class).explanation().roles();

    assertEquals(List.of("r", "s", "t"), roles.stream().map(RoleExplanation::role).toList());
  }

  @Test
  void ofTooManyThatGoOnTheNextIsToldToComeAgain() {
    given.allocator.findings = Optional.of(List.of(REFUSED));
    given.allocator.slices = Integer.MAX_VALUE;
    var framework = inRoles("r");
    for (int i = 0; i < 16; i++) {
      ask(framework.id(), NO_ROLE, NO_AGENT, ALL);
    }

    assertEquals(
        Rejection.unavailable("16 explanations are being made already: ask again later"),
        refused(framework.id(), NO_ROLE, NO_AGENT, ALL));
  }

  @Test
  void whoAsksHearsThatALaterSliceThrew() {
    given.allocator.findings = Optional.of(List.of(REFUSED));
    given.allocator.slices = Integer.MAX_VALUE;
    var replyTo = given.replyTo();
    given.when(
        new OperatorCommand.Explain(given.framework().id(), NO_ROLE, NO_AGENT, ALL, replyTo));
    given.allocator.broken = true;

    var then = given.tick();

    assertEquals(replyTo, then.effect(Reply.Failed.class).replyTo());
    assertEquals(1, given.incidents.size());
    assertTrue(given.core.nextDeadlineNanos().isEmpty(), "nothing is left to do");
  }

  @Test
  void askingChangesNothing() {
    given.allocator.findings = Optional.of(List.of(REFUSED));
    var framework = given.framework();
    var version = given.snapshot().version();

    var frame = ask(framework.id(), NO_ROLE, NO_AGENT, ALL);

    assertEquals(List.of(), frame.events(Event.class));

    assertEquals(version, given.snapshot().version());
  }

  @Test
  void aFrameworkThatIsNotThereIsNotFound() {
    assertEquals(
        Rejection.notFound(
            "Expecting 'framework' to be the id of a framework, but there is none with id '%s': GET /frameworks lists them, and those that have ended, which get no offers"
                .formatted("nope")),
        refused(new FrameworkId("nope"), NO_ROLE, NO_AGENT, ALL));
  }

  @Test
  void aFrameworkOfAnotherUserIsOneThatIsNotThere() throws AclFormatException {
    given.allocator.findings = Optional.of(List.of(REFUSED));
    var framework = given.framework();
    var others = rights("{'permissive': false}");

    assertEquals(
        refused(new FrameworkId("nope"), NO_ROLE, NO_AGENT, others)
            .text()
            .replace("nope", framework.id().value()),
        refused(framework.id(), NO_ROLE, NO_AGENT, others).text());
  }

  @Test
  void aRoleItIsNotInIsRefusedWithWhatToDo() {
    var framework = given.framework();

    assertEquals(
        Rejection.invalid(
            "Expecting 'role' to be one of framework %s, but it is not in '%s': leave it out for all its roles"
                .formatted(framework.id(), "other")),
        refused(framework.id(), Optional.of("other"), NO_AGENT, ALL));
  }

  @Test
  void anAgentThatIsNotThereIsNotFound() {
    var framework = given.framework();

    assertEquals(
        Rejection.notFound(
            "Expecting 'agent' to be the id of a registered agent, but there is none with id '%s': GET /slaves lists them"
                .formatted("gone")),
        refused(framework.id(), NO_ROLE, Optional.of(new AgentId("gone")), ALL));
  }

  @Test
  void anAllocatorThatCannotTellSaysSo() {
    var framework = given.framework();

    assertEquals(
        Rejection.notImplemented(
            "The allocator of this master does not tell the reasons for its offers"),
        refused(framework.id(), NO_ROLE, NO_AGENT, ALL));
  }

  @Test
  void manyRolesAreAskedAboutOneByOne() {
    given.allocator.findings = Optional.of(List.of(REFUSED));
    var names = IntStream.range(0, 17).mapToObj(i -> "role" + i).toArray(String[]::new);
    var framework = inRoles(names);

    assertEquals(
        Rejection.invalid(
            "Framework %s is in %d roles, and at most %d are explained at once: add 'role' with one of them"
                .formatted(framework.id(), 17, 16)),
        refused(framework.id(), NO_ROLE, NO_AGENT, ALL));
    assertEquals(1, explained(framework.id(), Optional.of("role16"), ALL).roles().size());
  }

  @Test
  void rolesThatMayNotBeSeenAreNeitherExplainedNorNamed() throws AclFormatException {
    given.allocator.findings = Optional.of(List.of(REFUSED, BEHIND));
    var framework = inRoles("r", "s");
    var some =
        rights(
            """
            {'permissive': false,
             'view_frameworks': [{'principals': {'type': 'ANY'}, 'users': {'type': 'ANY'}}],
             'view_roles': [{'principals': {'type': 'ANY'}, 'roles': {'values': ['r']}}]}
            """);

    var roles = explained(framework.id(), NO_ROLE, some).roles();

    assertEquals(List.of("r"), roles.stream().map(RoleExplanation::role).toList());
    var findings = roles.getFirst().findings();
    assertEquals(REFUSED, findings.getFirst());
    assertEquals(BEHIND.agents(), findings.getLast().agents());
    assertFalse(findings.toString().contains("secret"), findings.toString());
    assertEquals(
        Rejection.Kind.INVALID, refused(framework.id(), Optional.of("s"), NO_AGENT, some).kind());
  }

  @Test
  void whoMayNotSeeAllRolesIsNotToldWhoHasWhatIsGone() throws AclFormatException {
    given.allocator.findings = Optional.of(List.of(gone()));
    var framework = inRoles("r");
    var some =
        rights(
            """
            {'permissive': false,
             'view_frameworks': [{'principals': {'type': 'ANY'}, 'users': {'type': 'ANY'}}],
             'view_roles': [{'principals': {'type': 'ANY'}, 'roles': {'values': ['r']}}]}
            """);

    var findings = explained(framework.id(), NO_ROLE, some).roles().getFirst().findings();

    assertEquals(
        List.of(Finding.of(Reason.NOTHING_LEFT, 2, gone().examples(), new TreeMap<>())), findings);
    assertFalse(findings.toString().contains("alpha"), findings.toString());
  }

  @Test
  void whoMayNotSeeAllFrameworksIsNotToldWhichOneComesFirst() throws AclFormatException {
    given.allocator.findings = Optional.of(List.of(gone()));
    var framework = inRoles("r");
    var some =
        rights(
            """
            {'permissive': false,
             'view_frameworks': [{'principals': {'type': 'ANY'}, 'users': {'values': ['%s']}}],
             'view_roles': [{'principals': {'type': 'ANY'}, 'roles': {'type': 'ANY'}}]}
            """
                .formatted(Infos.framework("r").getUser()));

    var findings = explained(framework.id(), NO_ROLE, some).roles().getFirst().findings();

    assertEquals(
        "All of the agent is offered or in use. (first in the queue: role 'alpha')",
        findings.getFirst().sentence());
    assertFalse(findings.toString().contains("hidden-0001"), findings.toString());
  }

  private static Finding gone() {
    var details = new TreeMap<String, String>();
    details.put(Finding.FRAMEWORK_IN_FRONT, "hidden-0001");
    details.put("first in the queue", "role 'alpha'");
    return Finding.of(Reason.NOTHING_LEFT, 2, List.of(new AgentId("a")), details);
  }

  @Test
  void whoMaySeeAllRolesIsToldWhoComesFirst() {
    given.allocator.findings = Optional.of(List.of(BEHIND));
    var framework = given.framework(FrameworkInfo.Capability.Type.PARTITION_AWARE);

    var findings = explained(framework.id(), NO_ROLE, ALL).roles().getFirst().findings();

    assertEquals(List.of(BEHIND), findings);
  }
}
