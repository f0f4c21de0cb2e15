package io.proffer.master.core.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.re2j.Pattern;
import org.junit.jupiter.api.Test;
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
        "(ab){3}c 13",
        "((a{10}){10}){10} 1220",
        "a{2,5} 10",
        "a{2,} 4",
        "(?i:ab){2} 8",
        "(?P<name>ab){2} 8",
        "(?i)ab 4",
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
        "x|y* 4",
        "^{3}$ 4"
      })
  void countsWhatTheProgramIsMadeOf(String regex, long weight) {
    assertEquals(weight, PatternWeight.of(regex).program());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abc",
        "a{99}",
        "(ab){40}",
        "((a){7}){7}",
        "[[:alpha:]]{3}x",
        "\\p{Greek}{30}",
        "a|b|c|d{9}",
        "(?:^a|bc$|d*){90}",
        "(?:^){500}",
        "(?:a{2,}b?){50}",
        "(?:a{2,50}?b??){5}"
      })
  void theProgramIsHardlyMoreThanIsTold(String regex) {
    int begin = 3;
    assertTrue(Pattern.compile(regex).programSize() <= begin + PatternWeight.of(regex).program());
  }

  @Test
  void tablesOfUnicodeWeighMuchButOnceEach() {
    assertEquals(400, PatternWeight.of("\\p{Greek}{30}[a\\PL]").tables());
    assertEquals(400, PatternWeight.of("[a-\u00FF][b-\\x{1c00}]").tables());
    assertEquals(0, PatternWeight.of("[\u00E0\u00E8\u00EC]-\u00FF").tables());
    assertEquals(0, PatternWeight.of("\\Q\\pL\\E[a-z]").tables());
  }

  @Test
  void tooLargeCountsAreFound() {
    assertEquals("{2,1001}", PatternWeight.of("a{1000}b{2,1001}c{2000}").wrongRepeat());
    assertNull(PatternWeight.of("a{1000}").wrongRepeat());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?i)\u1C80",
        "(?i)\\x{1c88}",
        "a(?i:b\\x{0001C84})",
        "(?si)[b-\\x{ffff}]",
        "(?i)[b-\uFFFF]",
        "(?i)\\Q\u1C81\\E"
      })
  void whatTheCompilerWouldNeverEndIsFound(String regex) {
    assertTrue(PatternWeight.of(regex).foldsForEver());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u1C80",
        "[b-\\x{ffff}]",
        "(?P<i>\\x{1c80})",
        "(?i)\u6771",
        "(?i)[a-z]",
        "(?i)\\pL"
      })
  void othersEnd(String regex) {
    assertFalse(PatternWeight.of(regex).foldsForEver());
    assertTrue(Pattern.compile(regex).programSize() > 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", ")", "[", "[^", "\\", "\\Q", "\\p{", "{", "a{", "(?", "(?P<", "[[:"})
  void takesAnyText(String regex) {
    assertTrue(PatternWeight.of(regex).program() >= 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"((((((a{999}){999}){999}){999}){999}){999}){999}"})
  void stopsCountingInTime(String regex) {
    assertTrue(PatternWeight.of(regex).program() > 1_000_000_000);
  }
}
