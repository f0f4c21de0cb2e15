package io.proffer.master.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.v1.WeightInfo;
import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.effect.Rejection;
import io.proffer.master.core.effect.Reply;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.event.Event;
import io.proffer.master.core.event.RoleEvent;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weights are set as asked, or refused with the reference's words and nothing is changed. */
class WeightsTest {
  private static final String REFUSED = "Failed to validate update weights request JSON";

  private final Given given = new Given();
  private final Operator operator = new Operator(given);

  @Test
  void onlyTheRolesThatAreNamedChange() {
    operator.updatesWeights("[{'role':'a','weight':2},{'role':'b/c','weight':0.5}]");
    var then = operator.updatesWeights("[{'role':'a','weight':3}]");

    then.effect(Reply.Done.class);
    assertEquals(
        new RoleEvent.WeightsSet(new TreeMap<>(Map.of("a", 3.0))),
        then.event(RoleEvent.WeightsSet.class));
    assertEquals(Map.of("a", 3.0, "b/c", 0.5), given.snapshot().roles().weights());
  }

  @Test
  void noWeightsAtAllAreFine() {
    var then = operator.updatesWeights("[]");

    then.effect(Reply.Done.class);
    assertEquals(List.of(), then.events(Event.class));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "'role':'a b','weight':1|: Invalid role 'a b': Role component 'a b' is invalid because it"
            + " contains backspace or whitespace",
        "'weight':1|: Invalid role '': Role names cannot be the empty string",
        "'role':'r','weight':-2.0| for role 'r': Invalid weight '-2': Weights must be positive",
        "'role':'r','weight':0| for role 'r': Invalid weight '0': Weights must be positive",
        "'role':'r','weight':-0.25| for role 'r': Invalid weight '-0.25': Weights must be positive"
      })
  void aBadWeightIsRefusedAndWithItAllOfTheCall(String info, String text) {
    var then = operator.updatesWeights("[{'role':'good','weight':2},{" + info + "}]");

    assertRefused(REFUSED + text, then);
  }

  @ParameterizedTest
  @CsvSource({
    "NaN,nan,Weights must be positive",
    "Infinity,inf,Weights must be finite",
    "-Infinity,-inf,Weights must be positive"
  })
  void whatIsNoNumberIsRefusedToo(double weight, String shown, String reason) {
    var info = WeightInfo.newBuilder().setRole("r").setWeight(weight).build();

    var then =
        given.when(
            new OperatorCommand.UpdateWeights(List.of(info), operator.rights(), given.replyTo()));

    assertRefused(REFUSED + " for role 'r': Invalid weight '" + shown + "': " + reason, then);
  }

  @Test
  void onlyRolesOfTheWhitelistHaveWeights() {
    var strict = new Operator(new Given(QuotaTest.withRoles("r")));

    assertRefused(
        REFUSED + ": Unknown role 's'", strict.updatesWeights("[{'role':'s','weight':1}]"));
    strict.updatesWeights("[{'role':'*','weight':2}]").effect(Reply.Done.class);
  }

  @Test
  void allOffersAreTakenBackWhenTheRoleIsInUseWhoeverHasThem() {
    var agent = given.agent("cpus:4");
    var weighed = given.subscribed(Infos.framework("w/x"));
    var other = given.framework();
    var offer = given.offer(other.id(), agent.id(), "cpus:1");

    var then = operator.updatesWeights("[{'role':'w','weight':2}]");

    assertEquals(
        new ToFramework.Rescind(other.stream(), offer), then.effect(ToFramework.Rescind.class));
    assertEquals(0, given.snapshot().offers().size());
    assertEquals(
        List.of(RoleEvent.WeightsSet.class),
        then.events(RoleEvent.class).stream().map(Object::getClass).toList());
    assertEquals(2, given.snapshot().frameworks().size(), weighed.stream() + " is there");
  }

  @Test
  void theWeightOfARoleThatNobodyUsesMovesNoOffer() {
    var agent = given.agent("cpus:4");
    given.offer(given.framework().id(), agent.id(), "cpus:1");

    var then = operator.updatesWeights("[{'role':'r/below','weight':2},{'role':'rx','weight':2}]");

    assertEquals(List.of(), then.effects(ToFramework.class));
    assertEquals(1, given.snapshot().offers().size());
  }

  private static void assertRefused(String text, Then then) {
    assertEquals(Rejection.invalid(text), then.effect(Reply.Refused.class).rejection());
    assertEquals(List.of(), then.events(Event.class));
  }
}
