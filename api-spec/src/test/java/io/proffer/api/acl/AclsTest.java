package io.proffer.api.acl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each sentence of lifecycle, section 11. {@code -} in a table is a request without a value. */
class AclsTest {
  /** Side of the rule, what is asked, whether a rule of two such sides decides, and how. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // principals | users | who | user | permissive | allowed
        "ann          | root      | ann | root | false | true",
        "ann          | root      | bob | root | false | false",
        "ann          | root      | ann | www  | false | false",
        "ann          | root      | bob | root | true  | true",
        "ANY          | root      | bob | root | false | true",
        "ann          | ANY       | ann | www  | false | true",
        "ANY          | ANY       | -   | -    | false | true",
        // NONE is about everybody, and refuses, on either side.
        "NONE         | root      | ann | root | true  | false",
        "ann          | NONE      | ann | root | true  | false",
        "ann          | NONE      | bob | root | true  | true",
        "NONE         | ANY       | -   | root | true  | false",
        "ANY          | NONE      | ann | -    | true  | false",
        "NONE         | NONE      | ann | root | true  | false",
        // A request without a value is about ANY and NONE only, and allowed by ANY only.
        "ann          | root      | -   | root | true  | true",
        "ann          | root      | -   | root | false | false",
        "ANY          | root      | -   | root | false | true",
        "ann          | root      | ann | -    | true  | true",
        "ann          | root      | ann | -    | false | false",
        "ann          | ANY       | ann | -    | false | true",
        // Several values.
        "ann+bob      | root+www  | bob | www  | false | true",
        "ann+bob      | root+www  | cid | www  | false | false",
      })
  void oneRule(
      String principals, String users, String who, String user, boolean permissive, boolean allowed)
      throws AclFormatException {
    var acls = run(permissive, rule(principals, "users", users));
    assertEquals(allowed, acls.allows(Action.RUN_TASK, value(who), value(user)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ann | root | true",
        "bob | root | false",
        "ann | www | true",
        "bob | www | true",
        "-   | root | false",
        "-   | www  | true",
      })
  void theFirstRuleThatMatchesDecides(String who, String user, boolean allowed)
      throws AclFormatException {
    var acls = run(true, rule("ann", "users", "root"), rule("NONE", "users", "root"));
    assertEquals(allowed, acls.allows(Action.RUN_TASK, value(who), value(user)));
    var reversed = run(true, rule("NONE", "users", "root"), rule("ann", "users", "root"));
    assertEquals(!"root".equals(user), reversed.allows(Action.RUN_TASK, value(who), value(user)));
  }

  @Test
  void permissiveDecidesWhereNoRuleDoesAndIsTrueUnlessSaid() throws AclFormatException {
    assertTrue(AclDocument.parse("{}").allows(Action.RUN_TASK, value("a"), value("b")));
    assertTrue(AclDocument.parse("{}").isEmpty());
    var strict = AclDocument.parse("{\"permissive\": false}");
    for (var action : Action.values()) {
      assertFalse(strict.allows(action, value("a"), value("b")), action::key);
      assertFalse(strict.allows(action, value("-"), value("-")), action::key);
      assertTrue(Acls.none().allows(action, value("a"), value("b")), action::key);
    }
  }

  @Test
  void rulesOfOneActionSayNothingOfAnother() throws AclFormatException {
    var acls = run(true, rule("NONE", "users", "ANY"));
    assertFalse(acls.allows(Action.RUN_TASK, value("a"), value("b")));
    assertTrue(acls.allows(Action.VIEW_TASK, value("a"), value("b")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "eng/%     | eng         | false",
        "eng/%     | eng/web     | true",
        "eng/%     | eng/web/a   | true",
        "eng/%     | engine/web  | false",
        "eng/%     | ops/eng/web | false",
        "eng/web/% | eng/web     | false",
        "eng/web/% | eng/web/a   | true",
        "eng+eng/% | eng         | true",
        "eng+eng/% | eng/web     | true",
        "eng       | eng/web     | false",
        "eng/%     | -           | false",
        "%         | eng         | false",
      })
  void aTrailingPercentMeansAllRolesBelow(String roles, String role, boolean matches)
      throws AclFormatException {
    for (var action : List.of(Action.VIEW_ROLE, Action.REGISTER_FRAMEWORK, Action.GET_QUOTA)) {
      var acls = AclDocument.parse(document(false, action.key(), rule("ANY", "roles", roles)));
      assertEquals(matches, acls.allows(action, value("a"), value(role)), action::key);
    }
  }

  @Test
  void aPercentInAnythingButRolesIsAPercent() throws AclFormatException {
    var acls = run(false, rule("ANY", "users", "eng/%"));
    assertFalse(acls.allows(Action.RUN_TASK, value("a"), value("eng/web")));
    assertTrue(acls.allows(Action.RUN_TASK, value("a"), value("eng/%")));
  }

  /** Unlimited must never be said of somebody who is refused something. */
  @Test
  void unlimitedIsWhoIsRefusedNothing() throws AclFormatException {
    var random = new Random(7);
    var sides = List.of("ANY", "NONE", "a", "b", "a+b");
    var unlimited = 0;
    for (var round = 0; round < 2000; round++) {
      var rules = new String[random.nextInt(4)];
      for (var i = 0; i < rules.length; i++) {
        rules[i] = rule(sides.get(random.nextInt(5)), "users", sides.get(random.nextInt(5)));
      }
      var acls = run(random.nextBoolean(), rules);
      for (var who : List.of("a", "b", "c", "-")) {
        if (new Rights(acls, value(who)).on(Action.RUN_TASK).isUnlimited()) {
          unlimited++;
          for (var user : List.of("a", "b", "c", "-")) {
            assertTrue(acls.allows(Action.RUN_TASK, value(who), value(user)));
          }
        }
      }
    }
    assertTrue(unlimited > 500, "the question was asked " + unlimited + " times");
  }

  private static Acls run(boolean permissive, String... rules) throws AclFormatException {
    return AclDocument.parse(document(permissive, "run_tasks", rules));
  }

  private static String document(boolean permissive, String key, String... rules) {
    return "{\"permissive\": %s, \"%s\": [%s]}".formatted(permissive, key, String.join(",", rules));
  }

  private static String rule(String principals, String object, String objects) {
    return "{\"principals\": %s, \"%s\": %s}".formatted(side(principals), object, side(objects));
  }

  private static String side(String text) {
    return text.equals("ANY") || text.equals("NONE")
        ? "{\"type\": \"" + text + "\"}"
        : "{\"values\": [\"" + text.replace("+", "\", \"") + "\"]}";
  }

  private static Optional<String> value(String text) {
    return text.equals("-") ? Optional.empty() : Optional.of(text);
  }
}
