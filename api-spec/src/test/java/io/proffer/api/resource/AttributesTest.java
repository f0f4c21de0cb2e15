package io.proffer.api.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.proffer.api.v1.Value;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AttributesTest {
  @Test
  void aValueIsANumberRangesOrText() {
    var attributes = Attributes.parse("rack:a1;slots:4;ports:[1-2];url:http://host:80;rack:a2");
    assertEquals(
        List.of("rack", "slots", "ports", "url", "rack"),
        attributes.stream().map(a -> a.getName()).toList());
    assertEquals(
        List.of(
            Value.Type.TEXT,
            Value.Type.SCALAR,
            Value.Type.RANGES,
            Value.Type.TEXT,
            Value.Type.TEXT),
        attributes.stream().map(a -> a.getType()).toList());
    assertEquals("http://host:80", attributes.get(3).getText().getValue());
    assertEquals(
        Optional.of("a1"), Attributes.first(attributes, "rack").map(a -> a.getText().getValue()));
    assertEquals(Optional.empty(), Attributes.first(attributes, "none"));
    assertEquals(List.of(), Attributes.parse(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rack", "rack:", ":a", "rack:{a,b}", "slots:-1", "slots:nan", "a:[1-"})
  void otherTextIsRefused(String text) {
    assertThrows(ResourceParseException.class, () -> Attributes.parse(text));
  }
}
