package io.proffer.master.core.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.re2j.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PatternWeightTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "abc 3",
        "a{7} 7",
        "ab{3}c 5",
        "(ab){3}c 10",
        "((a{10}){10}){10} 1110",
        "a{2,5} 5",
        "a{2,} 2",
        "(?i:ab){2} 6",
        "(?P<name>ab){2} 6",
        "(?i)ab 3",
        "[a-z]{3} 3",
        "[]a]{3} 3",
        "[^]a]{3} 3",
        "[[:alpha:]]{3} 3",
        "[\\]]{3} 3",
        "\\pN{3} 3",
        "\\p{Greek}{3} 3",
        "\\x{10FFFF}{3} 3",
        "\\x41{3} 3",
        "\\Qa{1000}\\E 7",
        "\\{1000} 6",
        "a{x} 4",
        "x|y* 2"
      })
  void countsWhatTheProgramIsMadeOf(String regex, long weight) {
    assertEquals(weight, PatternWeight.of(regex));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"abc", "a{99}", "(ab){40}", "[[:alpha:]]{3}x", "\\p{Greek}{30}", "a|b|c|d{9}"})
  void isNoMoreThanTheProgram(String regex) {
    assertTrue(PatternWeight.of(regex) <= Pattern.compile(regex).programSize());
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", ")", "[", "[^", "\\", "\\Q", "\\p{", "{", "a{", "(?", "(?P<", "[[:"})
  void takesAnyText(String regex) {
    assertTrue(PatternWeight.of(regex) >= 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"((((((a{999}){999}){999}){999}){999}){999}){999}"})
  void stopsCountingInTime(String regex) {
    assertTrue(PatternWeight.of(regex) > 1_000_000_000);
  }
}
