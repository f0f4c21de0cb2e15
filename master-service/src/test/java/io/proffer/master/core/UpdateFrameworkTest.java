package io.proffer.master.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.scheduler.AttributeConstraint;
import io.proffer.api.v1.scheduler.OfferConstraints;
import io.proffer.api.v1.scheduler.OfferConstraints.RoleConstraints;
import io.proffer.master.core.command.SchedulerCommand;
import io.proffer.master.core.effect.Rejection;
import io.proffer.master.core.effect.Reply;
import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.event.FrameworkEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

/** UPDATE_FRAMEWORK, REVIVE and SUPPRESS (scheduler-api, sections 3 and 4). */
class UpdateFrameworkTest {
  private final Given given = new Given();
  private final Scheduler framework = given.framework();
  private final FrameworkInfo info = framework.info();

  @Test
  void aNewNameIsTakenAtOnce() {
    update(info.toBuilder().setName("new").build()).effect(Reply.Done.class);

    assertEquals("new", given.snapshot().frameworks().iterator().next().info().getName());
  }

  @Test
  void whatMayNotChangeIsRefusedWithTheField() {
    assertRefused(
        "FrameworkInfo update is not valid: Updating 'FrameworkInfo.user' is unsupported; attempted"
            + " to update from 'user' to 'other'",
        info.toBuilder().setUser("other").build());
    assertRefused(
        "FrameworkInfo update is not valid: Updating 'FrameworkInfo.checkpoint' is unsupported;"
            + " attempted to update from 'false' to 'true'",
        info.toBuilder().setCheckpoint(true).build());
    assertRefused(
        "FrameworkInfo update is not valid: Changing framework's principal is not allowed.",
        info.toBuilder().setPrincipal("p").build());
    assertRefused(
        "Supplied FrameworkInfo is not valid: 'FrameworkInfo.roles' contains invalid role: Role"
            + " component 'a b' is invalid because it contains backspace or whitespace",
        info.toBuilder().addRoles("a b").build());
  }

  @Test
  void wishesMustBeForItsOwnRolesAndWellFormed() {
    assertRefused(
        "'UpdateFramework' call is not valid: Suppressed roles { zzz } are not contained in the set"
            + " of roles",
        update(info, List.of("zzz"), OfferConstraints.getDefaultInstance()));
    assertRefused(
        "'UpdateFramework' call is not valid: Offer constraints are not valid:"
            + " 'OfferConstraints::role_constraints' has an empty 'RoleConstraints::groups' for"
            + " role r",
        update(
            info,
            List.of(),
            OfferConstraints.newBuilder()
                .putRoleConstraints("r", RoleConstraints.getDefaultInstance())
                .build()));
  }

  @Test
  void aPatternThatIsNoneIsRefused() {
    assertRefused(
        "'UpdateFramework' call is not valid: Offer constraints are not valid: A role r has an"
            + " invalid 'AttributeConstraint': Failed to construct regex from pattern '(': missing"
            + " ): (",
        update(info, List.of(), matching("(")));
  }

  @Test
  void aPatternThatExplodesIsRefusedByItsSize() {
    var then = update(info, List.of(), matching("a{200}"));

    var why = then.effect(Reply.Refused.class).toString();
    assertTrue(why.contains("Regex 'a{200}' is too complex: program size of "), why);
    assertTrue(then.frame().events().isEmpty());
  }

  private static OfferConstraints matching(String regex) {
    var constraint =
        AttributeConstraint.newBuilder()
            .setSelector(AttributeConstraint.Selector.newBuilder().setAttributeName("a"))
            .setPredicate(
                AttributeConstraint.Predicate.newBuilder()
                    .setTextMatches(
                        AttributeConstraint.Predicate.TextMatches.newBuilder().setRegex(regex)));
    var group = RoleConstraints.Group.newBuilder().addAttributeConstraints(constraint);
    return OfferConstraints.newBuilder()
        .putRoleConstraints("r", RoleConstraints.newBuilder().addGroups(group).build())
        .build();
  }

  @Test
  void offersOfARoleThatIsLeftAreRescindedAndItsTasksGoOn() {
    var agent = given.agent("cpus:2");
    framework.launches(
        given.offer(framework.id(), agent.id(), "cpus:1"), Infos.task("t", agent.id(), "cpus:1"));
    var offer = given.offer(framework.id(), agent.id(), "cpus:1");

    var then = update(info.toBuilder().clearRoles().addRoles("q").build());

    assertEquals(offer, then.effect(ToFramework.Rescind.class).offer());
    then.effect(ToAgent.UpdateFramework.class);
    assertEquals(1, given.snapshot().tasks().size());
    assertEquals(0, given.snapshot().offers().size());
  }

  @Test
  void rolesAreSuppressedAndRevivedByNameOrAllAtOnce() {
    update(info.toBuilder().addRoles("q").build());

    suppress(List.of("q"));
    assertEquals(List.of("q"), suppressed());
    suppress(List.of());
    assertEquals(List.of("q", "r"), suppressed().stream().sorted().toList());
    revive(List.of("r")).event(FrameworkEvent.Revived.class);
    assertEquals(List.of("q"), suppressed());
  }

  @Test
  void aCallForARoleThatIsNotItsOwnIsDroppedAsAWhole() {
    suppress(List.of());

    assertTrue(revive(List.of("r", "foreign")).frame().events().isEmpty());
    assertEquals(List.of("r"), suppressed());
  }

  private List<String> suppressed() {
    return given.snapshot().frameworks().iterator().next().suppressed();
  }

  private void suppress(List<String> roles) {
    given.when(new SchedulerCommand.Suppress(framework.caller(), roles));
  }

  private Then revive(List<String> roles) {
    return given.when(new SchedulerCommand.Revive(framework.caller(), roles));
  }

  private Then update(FrameworkInfo changed) {
    return update(changed, List.of(), OfferConstraints.getDefaultInstance());
  }

  private Then update(
      FrameworkInfo changed, List<String> suppressed, OfferConstraints constraints) {
    return given.when(
        new SchedulerCommand.UpdateFramework(framework.caller(), changed, suppressed, constraints));
  }

  private void assertRefused(String text, FrameworkInfo changed) {
    assertRefused(text, update(changed));
  }

  private static void assertRefused(String text, Then then) {
    assertEquals(Rejection.invalid(text), then.effect(Reply.Refused.class).rejection());
    assertEquals(1, then.frame().effects().size());
    assertTrue(then.frame().events().isEmpty());
  }
}
