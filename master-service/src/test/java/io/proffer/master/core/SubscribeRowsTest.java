package io.proffer.master.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.TextFormat;
import io.proffer.api.acl.Rights;
import io.proffer.api.v1.scheduler.Call;
import io.proffer.master.core.command.SchedulerCommand;
import io.proffer.master.core.effect.Rejection;
import io.proffer.master.core.effect.Reply;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.fact.ConstraintLimits;
import io.proffer.master.core.state.CoreSettings;
import io.proffer.master.core.state.Losses;
import io.proffer.master.core.state.Retention;
import io.proffer.master.rows.Row;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of scheduler-api, section 2.1, as {@code rows/2-subscribe.txt} has them. */
class SubscribeRowsTest {
  static List<Row> rows() {
    return Row.all(
        "2-subscribe.txt",
        Set.of("subscribe", "flags", "known", "gone", "principal", "error", "refused"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void eachRefusalHasItsText(Row row) {
    var given = new Given(settings(row.find("flags").orElse("")));
    row.find("known").ifPresent(known -> given.when(command(given, known, "old", row)));
    if (row.has("gone")) {
      var known = given.snapshot().frameworks().iterator().next();
      new Scheduler(given, known.id(), "old", known.info()).tearsDown();
    }

    var then = given.when(command(given, row.get("subscribe"), "s", row));

    assertTrue(then.frame().events().isEmpty());
    assertEquals(1, then.frame().effects().size());
    if (row.has("refused")) {
      assertEquals(
          Rejection.invalid(row.get("refused")), then.effect(Reply.Refused.class).rejection());
    } else {
      assertEquals(
          new ToFramework.Failed("s", row.get("error")), then.effect(ToFramework.Failed.class));
    }
  }

  private static SchedulerCommand.Subscribe command(
      Given given, String body, String stream, Row row) {
    var call = Call.Subscribe.newBuilder();
    call.getFrameworkInfoBuilder().setUser("u").setName("n");
    try {
      TextFormat.merge(
          body.replace("MULTI ", "capabilities { type: MULTI_ROLE } ")
              .replace("$LONG", "x".repeat(256)),
          call);
    } catch (TextFormat.ParseException e) {
      throw new IllegalArgumentException(row.toString(), e);
    }
    return new SchedulerCommand.Subscribe(
        call.getFrameworkInfo(),
        call.getSuppressedRolesList(),
        call.getOfferConstraints(),
        stream,
        Rights.unlimited(row.find("principal")),
        given.replyTo());
  }

  private static CoreSettings settings(String flags) {
    var usual = CoreSettings.defaults();
    var roles =
        flags.startsWith("roles=")
            ? Optional.of(List.of(flags.substring("roles=".length()).split(",")))
            : usual.roles();
    return new CoreSettings(
        usual.agentReregisterTimeout(),
        usual.offerTimeout(),
        roles,
        !flags.equals("root_submissions=false"),
        usual.maxCompletedFrameworks(),
        usual.maxCompletedTasksPerFramework(),
        usual.maxUnreachableTasksPerFramework(),
        usual.turnEntities(),
        usual.maxPagedReconciliations(),
        usual.maxWaitingAccepts(),
        Retention.defaults(),
        ConstraintLimits.defaults(),
        Losses.defaults());
  }
}
