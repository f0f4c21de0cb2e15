package io.proffer.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntityTagTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "W/\"a-1\" | true",
        "\"a-1\" | true",
        "* | true",
        "\"b\", W/\"a-1\" , \"c\" | true",
        "\"b,\",\"a-1\" | true",
        "\"a-10\" | false",
        "a-1 | false",
        "\"A-1\" | false",
        "W/\"a-1 | false",
        "\"\" | false"
      })
  void aListHasATagOrNot(String list, boolean has) {
    assertEquals(has, EntityTag.isIn("W/\"a-1\"", list));
  }
}
