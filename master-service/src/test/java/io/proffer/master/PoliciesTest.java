package io.proffer.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.flags.WrongFlagException;
import io.proffer.master.core.allocator.policy.FairPolicy;
import io.proffer.master.core.allocator.policy.PriorityPolicy;
import io.proffer.master.core.allocator.policy.RandomPolicy;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the flags of policies may say, and what is answered to all else. */
final class PoliciesTest {
  private static Policies policies(String name, String options) {
    return new Policies(name, options, Optional.empty(), Optional.empty());
  }

  private static void assertRefused(String flag, String expected, Runnable wrong) {
    var refusal = assertThrows(WrongFlagException.class, wrong::run);
    assertEquals(flag, refusal.flag());
    assertTrue(refusal.getMessage().contains(expected), refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"hierarchical", "HierarchicalDRF"})
  void bothNamesOfTheFairPolicyAreKnown(String name) {
    assertInstanceOf(FairPolicy.class, policies(name, "").ofRoles());
    assertInstanceOf(FairPolicy.class, policies(name, " ").ofFrameworks());
  }

  @Test
  void aPolicyIsForRolesAndFrameworksAlike() {
    assertInstanceOf(RandomPolicy.class, policies("random", "").ofRoles());
    assertInstanceOf(RandomPolicy.class, policies("random", "").ofFrameworks());
    assertInstanceOf(PriorityPolicy.class, policies("priority", "prod").ofRoles());
    assertInstanceOf(PriorityPolicy.class, policies("priority", "prod, a/b ,*").ofFrameworks());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "drf", "Random", "hierarchical ", "nonsense"})
  void anUnknownPolicyIsToldWhichAreKnown(String name) {
    assertRefused(
        "--allocator",
        "Expected one of hierarchical, priority, random, but got '" + name + "'",
        () -> policies(name, ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hierarchical", "random"})
  void aPolicyWithoutOptionsRefusesAny(String name) {
    assertRefused(
        "--allocator_options",
        "the policy '" + name + "' has none, but got 'prod'",
        () -> policies(name, "prod"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''            | cannot be the empty string
          prod,,batch   | cannot be the empty string
          prod,         | cannot be the empty string
          prod,/batch   | cannot start with a slash
          batch/        | cannot end with a slash
          a//b          | cannot contain two adjacent slashes
          prod,a/.      | cannot include '.' as a component
          prod,a b      | contains backspace or whitespace
          prod,-batch   | starts with a dash
          prod,batch,prod | each role once, but got 'prod' twice
          a/b, a/b      | each role once, but got 'a/b' twice
          """)
  void prioritiesAreRolesEachNamedOnce(String options, String expected) {
    assertRefused("--allocator_options", expected, () -> policies("priority", options));
  }

  @Test
  void badPrioritiesAreToldHowTheyShouldLook() {
    assertRefused(
        "--allocator_options",
        "the roles in the order they are served, by comma, as in prod,batch, but got 'a//b'",
        () -> policies("priority", "a//b"));
  }

  @Test
  void aSorterOfItsOwnReplacesThePolicyOfOneKind() {
    var roles = new Policies("hierarchical", "", Optional.of("random"), Optional.empty());
    assertInstanceOf(RandomPolicy.class, roles.ofRoles());
    assertInstanceOf(FairPolicy.class, roles.ofFrameworks());
    var frameworks = new Policies("random", "", Optional.empty(), Optional.of("drf"));
    assertInstanceOf(RandomPolicy.class, frameworks.ofRoles());
    assertInstanceOf(FairPolicy.class, frameworks.ofFrameworks());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hierarchical", "priority", "DRF"})
  void aSorterIsDrfOrRandom(String name) {
    var given = Optional.of(name);
    assertRefused(
        "--role_sorter",
        "Expected drf or random, but got '" + name + "'",
        () -> new Policies("random", "", given, Optional.empty()).ofRoles());
    assertRefused(
        "--framework_sorter",
        "Expected drf or random, but got '" + name + "'",
        () -> new Policies("random", "", Optional.empty(), given).ofFrameworks());
  }
}
