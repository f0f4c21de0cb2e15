package io.proffer.api.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.v1.Resource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class AlgebraPropertyTest {
  private static final int ROUNDS = 5000;

  private static void forPairs(BiConsumer<Resources, Resources> law) {
    for (long seed = 0; seed < ROUNDS; seed++) {
      var generator = new ResourceGenerator(seed);
      var a = generator.resources();
      var b = generator.resources();
      try {
        law.accept(a, b);
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed + "\n a = " + a + "\n b = " + b, e);
      }
    }
  }

  @Test
  void additionCommutes() {
    forPairs((a, b) -> assertEquals(a.plus(b), b.plus(a)));
  }

  @Test
  void additionAssociates() {
    forPairs(
        (a, b) -> {
          var c = new ResourceGenerator(a.hashCode() & 0xffff).resources();
          assertEquals(a.plus(b).plus(c), a.plus(b.plus(c)));
        });
  }

  @Test
  void numbersAndCopiesThatWereAddedCanBeTakenAway() {
    // Unions forget what was on both sides, so this is for what adds up.
    forPairs(
        (a, b) -> {
          var left = a.filter(AlgebraPropertyTest::addsUp);
          var right = b.filter(AlgebraPropertyTest::addsUp);
          assertEquals(left, left.plus(right).minus(right));
        });
  }

  private static boolean addsUp(Element element) {
    return element.amount() instanceof ScalarAmount;
  }

  @Test
  void aSumContainsItsParts() {
    forPairs(
        (a, b) -> {
          assertTrue(a.plus(b).contains(a));
          assertTrue(a.plus(b).contains(b));
          assertTrue(a.contains(Resources.empty()));
        });
  }

  @Test
  void whatIsContainedCanBePutBack() {
    forPairs(
        (a, b) -> {
          var sum = a.plus(b);
          assertEquals(sum, sum.minus(b).plus(b));
          assertTrue(sum.minus(sum).isEmpty());
          assertTrue(sum.contains(sum.minus(b)));
        });
  }

  @Test
  void equalCollectionsHaveEqualHashesAndQuantities() {
    forPairs(
        (a, b) -> {
          assertEquals(a.plus(b).hashCode(), b.plus(a).hashCode());
          assertEquals(a.plus(b).quantities(), b.plus(a).quantities());
        });
  }

  @Test
  void messagesKeepEverything() {
    for (long seed = 0; seed < ROUNDS; seed++) {
      var messages = new ResourceGenerator(seed).messages();
      var resources = Resources.of(messages);
      assertEquals(resources, Resources.of(resources.messages()), "seed " + seed);
      assertEquals(resources, Resources.of(resources.messagesFor(Format.ENDPOINT)), "seed " + seed);
      assertEquals(
          resources, Resources.of(resources.messagesFor(Format.PRE_REFINEMENT)), "seed " + seed);
      for (var message : resources.messagesFor(Format.ENDPOINT)) {
        assertTrue(ResourceValidation.check(message).isEmpty(), "seed " + seed);
      }
      List<Resource> shuffled = new ArrayList<>(messages);
      Collections.shuffle(shuffled, new Random(seed));
      assertEquals(resources, Resources.of(shuffled), "seed " + seed);
    }
  }

  @Test
  void filtersSplitWithoutLoss() {
    forPairs(
        (a, b) -> {
          assertEquals(a, a.revocable().plus(a.nonRevocable()));
          assertEquals(a, a.shared().plus(a.nonShared()));
          assertEquals(a, a.reserved().plus(a.unreserved()));
          var allocated = a.withoutAllocation().withAllocation("x");
          assertEquals(allocated, allocated.allocatedTo("x"));
          assertEquals(a.withoutAllocation(), allocated.withoutAllocation());
        });
  }

  @Test
  void manyElementsAddUpAsFewDo() {
    for (long seed = 0; seed < 50; seed++) {
      var messages = new ArrayList<Resource>();
      for (int i = 0; i < 60; i++) {
        messages.addAll(new ResourceGenerator(seed * 100 + i).messages());
      }
      var reversed = new ArrayList<>(messages).reversed();
      var oneByOne = Resources.empty();
      for (var message : messages) {
        oneByOne = oneByOne.plus(Resources.of(List.of(message)));
      }
      assertTrue(oneByOne.equals(Resources.of(messages)), "seed " + seed);
      assertTrue(oneByOne.equals(Resources.of(reversed)), "seed " + seed);
      assertTrue(oneByOne.minus(Resources.of(messages)).isEmpty(), "seed " + seed);
    }
  }

  @Test
  @Timeout(value = 20, unit = TimeUnit.SECONDS)
  void aHundredThousandNamesStallNobody() {
    var messages = new ArrayList<Resource>();
    for (int i = 0; i < 100_000; i++) {
      messages.add(ResourcesTest.scalar("name" + i, 1));
    }
    var many = Resources.of(messages);
    assertEquals(100_000, many.size());
    assertEquals(100_000, many.plus(many).size());
    assertEquals(100_000, many.withAllocation("r").size());
    assertFalse(Resources.parse("cpus:4;mem:4096", "*").contains(many));
  }

  @Test
  void aMillionRandomStepsDoNotDrift() {
    var random = new SplittableRandom(7);
    var sum = Resources.empty();
    long expected = 0;
    for (int i = 0; i < 1_000_000; i++) {
      long step = random.nextLong(1, 1000);
      var part = Resources.of(List.of(ResourcesTest.scalar("cpus", step / 1000.0)));
      if (random.nextBoolean() && expected >= step) {
        sum = sum.minus(part);
        expected -= step;
      } else {
        sum = sum.plus(part);
        expected += step;
      }
    }
    assertEquals(expected, sum.thousandths("cpus"));
    assertEquals(expected / 1000.0, sum.messages().getFirst().getScalar().getValue(), 0.0);
  }
}
