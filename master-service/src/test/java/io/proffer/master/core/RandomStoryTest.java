package io.proffer.master.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.v1.Offer;
import io.proffer.master.core.allocator.AllocatorSettings;
import io.proffer.master.core.allocator.DrfAllocator;
import io.proffer.master.core.command.Command;
import io.proffer.master.core.command.SchedulerCommand;
import io.proffer.master.core.event.ExecutorEvent;
import io.proffer.master.core.event.InverseOfferEvent;
import io.proffer.master.core.event.OfferEvent;
import io.proffer.master.core.event.RoleEvent;
import io.proffer.master.core.event.TaskEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Thousands of random commands, with the real allocator; a failure names its seed. */
@Timeout(120)
class RandomStoryTest {
  private static final int COMMANDS = 2000;

  private static Given given(int turnEntities) {
    return new Given(
        RandomStory.settings(turnEntities),
        Optional.of(new DrfAllocator(AllocatorSettings.defaults())));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theBooksBalanceAfterEachCommand(long seed) {
    var given = given(3);
    var story = new RandomStory(seed);
    var books = new Books();
    int launched = 0;
    int offered = 0;
    var happened = new ArrayList<Class<?>>();
    for (int i = 0; i < COMMANDS; i++) {
      given.pass(story.nanos());
      var then = given.when(story.next(given.snapshot()));
      books.follow(then.frame().events());
      books.check(given.snapshot());
      assertEquals(List.of(), given.incidents);
      launched += then.events(TaskEvent.Launched.class).size();
      offered += then.events(OfferEvent.Made.class).size();
      then.events(ExecutorEvent.class).forEach(event -> happened.add(event.getClass()));
      then.events(RoleEvent.class).forEach(event -> happened.add(event.getClass()));
      then.events(InverseOfferEvent.class).forEach(event -> happened.add(event.getClass()));
    }
    assertEquals(true, launched > 20, "a story in which something happens: " + launched);
    assertEquals(true, offered > 40, "a story in which something happens: " + offered);
    assertEquals(true, happened.contains(ExecutorEvent.Launched.class), "an executor is launched");
    assertEquals(true, happened.contains(ExecutorEvent.Ended.class), "an executor ends");
    assertEquals(true, happened.contains(InverseOfferEvent.Made.class), "one is asked");
    assertEquals(true, happened.contains(InverseOfferEvent.Ended.class), "and that is taken back");
    assertEquals(true, happened.contains(RoleEvent.QuotasSet.class), "a quota is set");
    assertEquals(true, happened.contains(RoleEvent.WeightsSet.class), "a weight is set");
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void aMasterWhoseRulesThrowNowAndThenGoesTheWayOfOneWhoseRulesDoNot(long seed) {
    var sound = given(1000);
    var hurt = given(1000);
    var story = new RandomStory(seed);
    int incidents = 0;
    for (int i = 0; i < COMMANDS; i++) {
      var nanos = story.nanos();
      sound.pass(nanos);
      hurt.pass(nanos);
      var command = story.next(sound.snapshot());
      var poisoned = poison(command);
      if (poisoned.isPresent()) {
        var frame = hurt.when(poisoned.get()).frame();
        assertEquals(List.of(), frame.events());
        incidents++;
      }
      assertEquals(sound.when(command).frame(), hurt.when(command).frame());
    }
    assertEquals(Books.rows(sound.snapshot()), Books.rows(hurt.snapshot()));
    assertEquals(sound.snapshot().roles(), hurt.snapshot().roles());
    assertEquals(incidents, hurt.incidents.size());
    assertEquals(true, incidents > 20, "rules that throw: " + incidents);
  }

  /** The same command with a sting in its tail that no shell would let through. */
  private static Optional<Command> poison(Command command) {
    return switch (command) {
      case SchedulerCommand.Accept c when !c.offers().isEmpty() -> {
        var operations = new ArrayList<Offer.Operation>(c.operations());
        operations.add(null);
        yield Optional.of(
            new SchedulerCommand.Accept(c.caller(), c.offers(), operations, c.filters()));
      }
      case SchedulerCommand.Decline c -> {
        var offers = new ArrayList<>(c.offers());
        offers.add(null);
        yield Optional.of(new SchedulerCommand.Decline(c.caller(), offers, c.filters()));
      }
      case Command _ -> Optional.empty();
    };
  }
}
