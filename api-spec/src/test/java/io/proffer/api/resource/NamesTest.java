package io.proffer.api.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of roles and ids. */
final class NamesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "\"\"  | Role names cannot be the empty string",
        "/a    | Role '/a' cannot start with a slash",
        "a/    | Role 'a/' cannot end with a slash",
        "a//b  | Role 'a//b' cannot contain two adjacent slashes",
        "a/.   | Role 'a/.' cannot include '.' as a component",
        "..    | Role '..' cannot include '..' as a component",
        "a/*/b | Role 'a/*/b' cannot include '*' as a component",
        "-a    | Role component '-a' is invalid because it starts with a dash",
        "a/-b  | Role component '-b' is invalid because it starts with a dash",
        "a/b c | Role component 'b c' is invalid because it contains backspace or whitespace",
      })
  void someNamesAreNoRoles(String role, String text) {
    assertEquals(Optional.of(text), Roles.check(role));
  }

  @ParameterizedTest
  @ValueSource(chars = {'\t', '\n', 0x0b, '\f', '\r', ' ', 0x7f, '\b'})
  void noRoleContainsWhitespace(char letter) {
    assertTrue(Roles.check("a" + letter).isPresent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "a", "a/b/c", "a.b", "a-", "ä", "a*"})
  void manyNamesAre(String role) {
    assertEquals(Optional.empty(), Roles.check(role));
  }

  @Test
  void rolesHaveAnEnd() {
    assertEquals(Optional.empty(), Roles.check("x".repeat(Roles.LONGEST)));
    assertEquals(
        Optional.of(
            "Role 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...' cannot have more than 480 characters,"
                + " but has 481"),
        Roles.check("x".repeat(Roles.LONGEST + 1)));
  }

  @Test
  void onlyPathsBelowAreSubRoles() {
    assertTrue(Roles.isStrictSubRole("a/b/c", "a"));
    assertFalse(Roles.isStrictSubRole("a", "a"));
    assertFalse(Roles.isStrictSubRole("ab", "a"));
    assertFalse(Roles.isStrictSubRole("a", "a/b"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "\"\"  | ID must not be empty",
        ".     | '.' is disallowed",
        "..    | '..' is disallowed",
        "a/b   | 'a/b' contains invalid characters",
        "a\\b  | 'a\\b' contains invalid characters",
      })
  void someTextsAreNoIds(String id, String text) {
    assertEquals(Optional.of(text), IdRules.check(id));
  }

  @Test
  void idsAreNamesOfDirectories() {
    assertEquals(Optional.empty(), IdRules.check("x".repeat(255)));
    var tooLong = Optional.of("ID must not be greater than 255 characters");
    assertEquals(tooLong, IdRules.check("x".repeat(256)));
    assertEquals(tooLong, IdRules.check("ä".repeat(128)));
    assertEquals(Optional.empty(), IdRules.check("a b.c..d"));
    assertEquals(Optional.of("'a\nb' contains invalid characters"), IdRules.check("a\nb"));
  }

  @Test
  void idsOfContainersAreShorterAndSimpler() {
    assertEquals(Optional.empty(), IdRules.checkContainer("x".repeat(242)));
    assertEquals(
        Optional.of("ID must not be greater than 242 characters"),
        IdRules.checkContainer("x".repeat(243)));
    assertEquals(Optional.of("'a.b' contains invalid characters"), IdRules.checkContainer("a.b"));
    assertEquals(Optional.of("'a b' contains invalid characters"), IdRules.checkContainer("a b"));
  }
}
