package io.proffer.master.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.id.OfferId;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.Filters;
import io.proffer.api.v1.MachineID;
import io.proffer.api.v1.TimeInfo;
import io.proffer.api.v1.Unavailability;
import io.proffer.api.v1.maintenance.Schedule;
import io.proffer.api.v1.maintenance.Window;
import io.proffer.master.core.allocator.Grant;
import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.command.SchedulerCommand;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.event.InverseOfferEvent;
import io.proffer.master.core.event.OfferEvent;
import io.proffer.master.core.fact.ConstraintLimits;
import io.proffer.master.core.fact.InverseAnswer;
import io.proffer.master.core.fact.InverseOffer;
import io.proffer.master.core.state.CoreSettings;
import io.proffer.master.core.state.Losses;
import io.proffer.master.core.state.Retention;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Frameworks are asked about planned maintenance, and what they say is remembered. */
class InverseOffersTest {
  private final Given given = new Given();
  private final Scheduler framework = given.framework();
  private final Host host = given.agent("cpus:2");

  private static MachineID machine(int number) {
    var ip = "10.0." + number / 250 + "." + number % 250;
    return MachineID.newBuilder().setHostname("host-" + number).setIp(ip).build();
  }

  private static Unavailability from(long nanos) {
    return Unavailability.newBuilder()
        .setStart(TimeInfo.newBuilder().setNanoseconds(nanos))
        .build();
  }

  private static Then plan(Given given, Unavailability unavailability, MachineID... machines) {
    var schedule = Schedule.newBuilder();
    if (machines.length > 0) {
      schedule.addWindows(
          Window.newBuilder()
              .addAllMachineIds(List.of(machines))
              .setUnavailability(unavailability));
    }
    return given.when(new OperatorCommand.UpdateSchedule(schedule.build(), given.replyTo()));
  }

  private Then plan() {
    return plan(given, from(7), machine(1));
  }

  private void launch() {
    framework.launches(
        given.offer(framework.id(), host.id(), "cpus:1"), Infos.task("a", host.id(), "cpus:1"));
  }

  private static List<InverseOffer> asked(Then then) {
    return then.effects(ToFramework.InverseOffers.class).stream()
        .flatMap(effect -> effect.offers().stream())
        .map(ToFramework.InverseOffered::offer)
        .toList();
  }

  /** A task runs, its machine is planned to be away, and its framework is asked. */
  private OfferId askedAboutTask() {
    launch();
    plan();
    return asked(given.tick()).getFirst().id();
  }

  private static Filters refusing(double seconds) {
    return Filters.newBuilder().setRefuseSeconds(seconds).build();
  }

  private Then accepts(OfferId offer, Filters filters) {
    return given.when(
        new SchedulerCommand.AcceptInverseOffers(framework.caller(), List.of(offer), filters));
  }

  private Then declines(OfferId offer, Filters filters) {
    return given.when(
        new SchedulerCommand.DeclineInverseOffers(framework.caller(), List.of(offer), filters));
  }

  private List<InverseAnswer> answers() {
    return given.snapshot().inverseAnswers().stream().toList();
  }

  @Test
  void whoeverRunsSomethingOnAMachineThatWillBeAwayIsAsked() {
    launch();
    plan();

    var then = given.tick();

    var offer = new InverseOffer(new OfferId("m-O1"), framework.id(), host.id(), from(7));
    assertEquals(List.of(offer), asked(then), "the first number was the offer's");
    assertEquals(List.of(offer), given.snapshot().inverseOffers().stream().toList());
  }

  @Test
  void nobodyIsAskedTwiceAtATime() {
    askedAboutTask();

    assertEquals(List.of(), asked(given.after(Duration.ofHours(1))));
  }

  @Test
  void whoHoldsNothingThereIsNotAsked() {
    var other = given.framework();
    launch();
    plan(given, from(7), machine(1), machine(9));

    var then = given.tick();

    assertEquals(
        List.of(framework.id()), asked(then).stream().map(InverseOffer::framework).toList());
    assertTrue(
        then.effects(ToFramework.InverseOffers.class).stream()
            .noneMatch(effect -> effect.streamId().equals(other.stream())));
  }

  @Test
  void whoeverIsOfferedSomethingOfItIsAskedAtOnce() {
    plan();
    given.tick();
    given.allocator.grant(
        new Grant(
            framework.id(), "r", host.id(), Resources.parse("cpus:1", "*").withAllocation("r")));

    var then = given.tick();

    then.effect(ToFramework.Offers.class);
    assertEquals(1, asked(then).size());
  }

  @Test
  void whoeverLaunchesLaterIsAskedWithinASecond() {
    plan();
    given.tick();
    launch();
    var first = given.snapshot().inverseOffers().stream().toList();
    accepts(first.getFirst().id(), refusing(0));

    assertEquals(1, asked(given.after(Duration.ofSeconds(1))).size());
  }

  @Test
  void anAnswerIsRememberedAndTheFrameworkLeftInPeaceForAWhile() {
    var offer = askedAboutTask();

    var then = accepts(offer, Filters.getDefaultInstance());

    then.event(InverseOfferEvent.Answered.class);
    assertEquals(List.of(true), answers().stream().map(InverseAnswer::accepted).toList());
    assertEquals(0, given.snapshot().inverseOffers().size());
    assertEquals(List.of(), asked(given.after(Duration.ofMillis(4900))));
    assertEquals(1, asked(given.after(Duration.ofSeconds(1))).size(), "five seconds are over");
    assertEquals(1, answers().size(), "until it answers anew the last answer stands");
  }

  @Test
  void aLaterAnswerTakesThePlaceOfTheFirst() {
    accepts(askedAboutTask(), refusing(0));
    var again = asked(given.after(Duration.ofSeconds(1))).getFirst().id();

    declines(again, refusing(1000));

    assertEquals(List.of(false), answers().stream().map(InverseAnswer::accepted).toList());
    assertEquals(given.moment().wall(), answers().getFirst().at());
  }

  @Test
  void unknownOnesAndThoseOfOthersAreLeftAlone() {
    var offer = askedAboutTask();
    var other = given.framework();

    given.when(
        new SchedulerCommand.DeclineInverseOffers(
            other.caller(), List.of(offer, new OfferId("nope")), refusing(0)));

    assertEquals(List.of(), answers());
    assertEquals(1, given.snapshot().inverseOffers().size());
  }

  @Test
  void anotherPlanTakesThemBackAndMakesAnswersVoid() {
    accepts(askedAboutTask(), refusing(0));
    var second = asked(given.after(Duration.ofSeconds(1))).getFirst().id();

    var then = plan(given, from(8), machine(1));

    assertEquals(second, then.effect(ToFramework.RescindInverse.class).offer());
    assertEquals(List.of(), answers());
    assertEquals(from(8), asked(given.tick()).getFirst().unavailability());
  }

  @Test
  void withoutAPlanNobodyIsAskedAnyMore() {
    askedAboutTask();

    var then = plan(given, from(7));

    then.effect(ToFramework.RescindInverse.class);
    assertEquals(List.of(), asked(given.after(Duration.ofHours(1))));
    assertTrue(given.core.nextDeadlineNanos().isEmpty(), "nothing is left to look for");
  }

  @Test
  void theyEndWithTheAgentTheStreamAndTheFramework() {
    var offer = askedAboutTask();

    var away = host.disconnects();

    assertEquals(offer, away.effect(ToFramework.RescindInverse.class).offer());
    assertEquals(List.of(), asked(given.after(Duration.ofSeconds(1))), "nobody is there");
    given.when(host.returning("back", List.of(), List.of()));
    accepts(asked(given.after(Duration.ofSeconds(1))).getFirst().id(), refusing(1000));
    var dropped = framework.disconnects();
    assertEquals(0, dropped.effects(ToFramework.RescindInverse.class).size());
    assertEquals(List.of(), asked(given.after(Duration.ofSeconds(0))));
  }

  @Test
  void whoComesBackIsAskedAgainWhateverItRefused() {
    var kept = given.subscribed(Infos.framework("r").toBuilder().setFailoverTimeout(100).build());
    kept.launches(
        given.offer(kept.id(), host.id(), "cpus:1"), Infos.task("b", host.id(), "cpus:1"));
    plan();
    var offer = asked(given.tick()).getFirst().id();
    given.when(
        new SchedulerCommand.AcceptInverseOffers(kept.caller(), List.of(offer), refusing(1000)));
    kept.disconnects();

    kept.again();

    assertEquals(1, asked(given.after(Duration.ofSeconds(1))).size());
    assertEquals(1, answers().size(), "what it said is known still");
    given.when(new SchedulerCommand.Teardown(kept.again().caller()));
    assertEquals(List.of(), answers(), "nobody waits for one that is gone");
    assertEquals(0, given.snapshot().inverseOffers().size());
  }

  @Test
  void reviveClearsRefusals() {
    declines(askedAboutTask(), refusing(1000));
    assertEquals(List.of(), asked(given.after(Duration.ofSeconds(2))));

    given.when(new SchedulerCommand.Revive(framework.caller(), List.of()));

    assertEquals(1, asked(given.after(Duration.ofSeconds(1))).size());
  }

  @Test
  void oneThatNobodyAnswersInTimeIsTakenBackAndComesAgain() {
    var impatient =
        new Given(
            new CoreSettings(
                Duration.ofMinutes(10),
                Optional.of(Duration.ofSeconds(30)),
                Optional.empty(),
                true,
                50,
                1000,
                1000,
                1000,
                16,
                16,
                Retention.defaults(),
                ConstraintLimits.defaults(),
                Losses.defaults()));
    var slow = impatient.framework();
    var there = impatient.agent("cpus:2");
    slow.launches(
        impatient.offer(slow.id(), there.id(), "cpus:1"), Infos.task("a", there.id(), "cpus:1"));
    plan(impatient, from(7), machine(1));
    impatient.tick();

    var late = impatient.after(Duration.ofSeconds(30));

    late.effect(ToFramework.RescindInverse.class);
    assertEquals(OfferEvent.End.RESCINDED, late.event(InverseOfferEvent.Ended.class).end());
    assertEquals(1, asked(late).size() + asked(impatient.after(Duration.ofSeconds(1))).size());
  }

  @Test
  void aMasterThatStartsAgainGoesOnAsking() {
    plan();
    var kept = given.snapshot().maintenance();
    var restarted = new Given();
    restarted.core.recoverMaintenance(kept, restarted.moment());
    var there = restarted.framework();
    var back = restarted.agent("cpus:2");
    there.launches(
        restarted.offer(there.id(), back.id(), "cpus:1"), Infos.task("a", back.id(), "cpus:1"));

    assertTrue(restarted.core.nextDeadlineNanos().isPresent());
    assertEquals(1, restarted.snapshot().inverseOffers().size());
  }

  @Test
  void manyMachinesAreVisitedInSlices() {
    var hosts = new ArrayList<Host>(List.of(host));
    var machines = new ArrayList<>(List.of(machine(1)));
    for (int i = 2; i <= 2500; i++) {
      machines.add(machine(i));
    }
    for (int i = 2; i <= 30; i++) {
      hosts.add(given.agent("cpus:2"));
    }
    for (var each : hosts) {
      framework.launches(
          given.offer(framework.id(), each.id(), "cpus:1"),
          Infos.task("t" + each.id(), each.id(), "cpus:1"));
    }
    plan(given, from(7), machines.toArray(MachineID[]::new));

    int turns = 0;
    int found = 0;
    do {
      found += asked(given.tick()).size();
      turns++;
    } while (given.core.nextDeadlineNanos().getAsLong() <= given.moment().monotonicNanos());

    assertEquals(30, found);
    assertEquals(2, turns, "2500 machines, a thousand a turn, two turns in the first tick");
  }
}
