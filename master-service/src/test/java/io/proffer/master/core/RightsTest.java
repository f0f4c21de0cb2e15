package io.proffer.master.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.acl.AclDocument;
import io.proffer.api.acl.AclFormatException;
import io.proffer.api.acl.Acls;
import io.proffer.api.acl.Rights;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.OfferId;
import io.proffer.api.v1.Filters;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.Offer;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.api.v1.scheduler.OfferConstraints;
import io.proffer.master.core.command.Caller;
import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.command.SchedulerCommand;
import io.proffer.master.core.effect.Rejection;
import io.proffer.master.core.effect.Reply;
import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.fact.ConstraintLimits;
import io.proffer.master.core.state.CoreSettings;
import io.proffer.master.core.state.Losses;
import io.proffer.master.core.state.Retention;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What rules keep frameworks and operators from (lifecycle, section 11), where the core decides.
 */
class RightsTest {
  private static final Acls ACLS =
      acls(
          """
          {"permissive": false,
           "register_frameworks": [{"principals": {"values": ["ann"]},
                                    "roles": {"values": ["r", "s", "eng/%"]}}],
           "run_tasks": [{"principals": {"values": ["ann"]}, "users": {"values": ["user", "www"]}}],
           "teardown_frameworks": [{"principals": {"values": ["ops"]},
                                    "framework_principals": {"values": ["ann"]}},
                                   {"principals": {"values": ["root"]},
                                    "framework_principals": {"type": "ANY"}}]}
          """);

  private final Given given = new Given(small());

  private static Acls acls(String text) {
    try {
      return AclDocument.parse(text);
    } catch (AclFormatException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static CoreSettings small() {
    var usual = CoreSettings.defaults();
    return new CoreSettings(
        usual.agentReregisterTimeout(),
        usual.offerTimeout(),
        usual.roles(),
        usual.rootSubmissions(),
        usual.maxCompletedFrameworks(),
        usual.maxCompletedTasksPerFramework(),
        usual.maxUnreachableTasksPerFramework(),
        2,
        usual.maxPagedReconciliations(),
        usual.maxWaitingAccepts(),
        Retention.defaults(),
        ConstraintLimits.defaults(),
        Losses.defaults());
  }

  private static Rights rights(String principal) {
    return new Rights(ACLS, principal.equals("-") ? Optional.empty() : Optional.of(principal));
  }

  private Then subscribes(FrameworkInfo info, String principal) {
    return given.when(
        new SchedulerCommand.Subscribe(
            info,
            List.of(),
            OfferConstraints.getDefaultInstance(),
            given.newStream(),
            rights(principal),
            given.replyTo()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ann | r       | ''",
        "ann | r,eng/a | ''",
        "ann | eng     | Not authorized to register framework  with roles { eng }",
        "ann | z,r     | Not authorized to register framework  with roles { r, z }",
        "bob | r       | Not authorized to register framework  with roles { r }",
        "-   | r       | Not authorized to register framework  with roles { r }",
      })
  void aFrameworkMayHaveEachOfItsRolesOrIsNone(String principal, String roles, String error) {
    var info =
        Infos.framework("r").toBuilder().clearRoles().addAllRoles(List.of(roles.split(",", -1)));

    var then = subscribes(info.build(), principal);

    assertEquals(
        error.isEmpty() ? List.of() : List.of(error),
        then.effects(ToFramework.Failed.class).stream().map(ToFramework.Failed::message).toList());
    assertEquals(error.isEmpty() ? 1 : 0, then.effects(ToFramework.Subscribed.class).size());
    assertEquals(error.isEmpty() ? 1 : 0, given.snapshot().frameworks().size());
  }

  @Test
  void oneThatComesBackIsNamedInTheRefusal() {
    var known =
        subscribes(Infos.framework("r"), "ann").effect(ToFramework.Subscribed.class).framework();
    var info = Infos.framework("z").toBuilder().setId(known.message()).build();

    assertEquals(
        "Not authorized to register framework %s with roles { %s }".formatted(known, "z"),
        subscribes(info, "ann").effect(ToFramework.Failed.class).message());
    assertEquals(List.of("r"), given.snapshot().frameworks().iterator().next().roles(), "it stays");
  }

  @Test
  void anUpdateMayNotBringARoleThatIsForbidden() {
    var framework = framework();
    var more = framework.info().toBuilder().addRoles("z").build();

    var refused = updates(framework, more).effect(Reply.Refused.class).rejection();

    assertEquals(
        Rejection.forbidden(
            "Not authorized to register framework " + framework.id() + " with roles { r, z }"),
        refused);
    var allowed = framework.info().toBuilder().addRoles("s").build();
    updates(framework, allowed).effect(Reply.Done.class);
  }

  private Then updates(Scheduler framework, FrameworkInfo info) {
    return given.when(
        new SchedulerCommand.UpdateFramework(
            caller(framework, "ann"), info, List.of(), OfferConstraints.getDefaultInstance()));
  }

  /** User of the framework, of the command, and what the task is told. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "user | -    | ''",
        "user | www  | ''",
        "user | root | root",
        // An empty name counts as none: the agent takes it so.
        "root | ''   | root",
        "user | ''   | ''",
        "root | -    | root",
        "root | www  | ''",
      })
  void aTaskMayRunAsItsUserOrIsNotLaunched(String owner, String user, String refused) {
    for (var custom : List.of(false, true)) {
      var framework = framework(owner);
      var host = given.agent("cpus:2");
      var offer = given.offer(framework.id(), host.id(), "cpus:2");
      var task = as(Infos.task("t" + custom, host.id(), "cpus:1"), user, custom);

      var then = accepts(framework, offer, Infos.launch(task));

      if (refused.isEmpty()) {
        then.effect(ToAgent.RunTask.class);
      } else {
        assertUnauthorized(then.update(), refused, "REASON_TASK_UNAUTHORIZED");
        assertEquals(0, then.effects(ToAgent.RunTask.class).size());
      }
    }
  }

  @Test
  void aTaskThatMayNotRunIsNoTroubleOfOthersAndBeatsBeingInvalid() {
    var framework = framework();
    var host = given.agent("cpus:2");
    var offer = given.offer(framework.id(), host.id(), "cpus:2");
    var forbidden = as(Infos.task("bad", host.id(), "cpus:64"), "root", false);

    var then =
        accepts(framework, offer, Infos.launch(forbidden, Infos.task("a", host.id(), "cpus:2")));

    assertUnauthorized(then.update(), "root", "REASON_TASK_UNAUTHORIZED");
    assertEquals("a", then.effect(ToAgent.RunTask.class).task().getTaskId().getValue());
  }

  /** Two tasks are a turn here: the rights of the call go with it to its last slice. */
  @Test
  void aLongCallIsJudgedByTheRightsItCameWith() {
    var framework = framework();
    var host = given.agent("cpus:5");
    var offer = given.offer(framework.id(), host.id(), "cpus:5");
    var tasks =
        IntStream.range(0, 5)
            .mapToObj(i -> Infos.task("t" + i, host.id(), "cpus:1"))
            .map(task -> as(task, task.getName().equals("t4") ? "root" : "www", false))
            .toArray(TaskInfo[]::new);

    var first = accepts(framework, offer, Infos.launch(tasks));

    assertEquals(2, first.effects(ToAgent.RunTask.class).size());
    assertEquals(2, given.tick().effects(ToAgent.RunTask.class).size());
    assertUnauthorized(given.tick().update(), "root", "REASON_TASK_UNAUTHORIZED");
  }

  @Test
  void aGroupIsRefusedWholeForOneOfItsTasks() {
    var framework = framework();
    var host = given.agent("cpus:2");
    var offer = given.offer(framework.id(), host.id(), "cpus:2");
    var group = Offer.Operation.newBuilder().setType(Offer.Operation.Type.LAUNCH_GROUP);
    group.getLaunchGroupBuilder().setExecutor(Infos.executor("e", "cpus:0.1"));
    group
        .getLaunchGroupBuilder()
        .getTaskGroupBuilder()
        .addTasks(Infos.task("a", host.id(), "cpus:1"))
        .addTasks(as(Infos.task("b", host.id(), "cpus:1"), "root", false));

    var updates = accepts(framework, offer, group.build()).updates();

    assertEquals(2, updates.size());
    updates.forEach(update -> assertUnauthorized(update, "root", "REASON_TASK_GROUP_UNAUTHORIZED"));
  }

  @ParameterizedTest
  @CsvSource({
    "ops,ann,true",
    "ops,bob,false",
    "ops,,false",
    "root,ann,true",
    "root,,true",
    "-,ann,false"
  })
  void operatorsTearDownTheFrameworksOfThosePrincipals(
      String operator, String principal, boolean allowed) {
    var info = Infos.framework("r").toBuilder();
    if (principal != null) {
      info.setPrincipal(principal);
    }
    var id = given.subscribed(info.build()).id();

    var then = given.when(new OperatorCommand.Teardown(id, rights(operator), given.replyTo()));

    if (allowed) {
      then.effect(Reply.Done.class);
    } else {
      assertEquals(Rejection.forbidden(), then.effect(Reply.Refused.class).rejection());
    }
    assertEquals(allowed ? 0 : 1, given.snapshot().frameworks().size());
  }

  @Test
  void whatIsNotThereIsNotThereForAnybody() {
    var then =
        given.when(
            new OperatorCommand.Teardown(
                new FrameworkId("none"), rights("nobody"), given.replyTo()));
    assertEquals(
        "No framework found with specified ID",
        then.effect(Reply.Refused.class).rejection().text());
  }

  private static void assertUnauthorized(TaskStatus status, String user, String reason) {
    assertEquals(TaskState.TASK_ERROR, status.getState());
    assertEquals(reason, status.getReason().name());
    assertEquals("Not authorized to launch as user '" + user + "'", status.getMessage());
    assertTrue(status.getUuid().isEmpty());
  }

  private Scheduler framework() {
    return framework("user");
  }

  private Scheduler framework(String user) {
    return given.subscribed(
        Infos.framework("r").toBuilder().setUser(user).setPrincipal("ann").build());
  }

  private static TaskInfo as(TaskInfo task, String user, boolean custom) {
    var command = task.getCommand().toBuilder();
    if (!user.equals("-")) {
      command.setUser(user);
    }
    return custom
        ? Infos.by(
            Infos.executor("e-" + task.getName(), "cpus:0.1").toBuilder()
                .setCommand(command)
                .build(),
            task)
        : task.toBuilder().setCommand(command).build();
  }

  private Then accepts(Scheduler framework, OfferId offer, Offer.Operation operation) {
    return given.when(
        new SchedulerCommand.Accept(
            caller(framework, "ann"),
            List.of(offer),
            List.of(operation),
            Filters.getDefaultInstance()));
  }

  private Caller caller(Scheduler framework, String principal) {
    return new Caller(
        framework.id(), Optional.of(framework.stream()), rights(principal), given.replyTo());
  }
}
