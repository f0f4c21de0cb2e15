package io.proffer.api.resource;

import io.proffer.api.v1.Attribute;
import io.proffer.api.v1.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Attributes of agents: {@code rack:a1;slots:4} (resources.md, 4). */
public final class Attributes {
  private Attributes() {}

  /**
   * Reads {@code --attributes}: pairs split at the first colon; a value is a number, ranges or
   * text. Doubles stay, in their order.
   *
   * @throws ResourceParseException when the text is something else
   */
  public static List<Attribute> parse(String text) {
    var attributes = new ArrayList<Attribute>();
    for (var token : Tokens.split(text, ";\n")) {
      int colon = token.indexOf(':');
      if (colon <= 0 || colon == token.length() - 1) {
        throw new ResourceParseException(
            "Invalid attribute key:value pair '" + token + "'; expected name:value");
      }
      attributes.add(one(token.substring(0, colon).strip(), token.substring(colon + 1)));
    }
    return attributes;
  }

  /** The first attribute of this name. */
  public static Optional<Attribute> first(List<Attribute> attributes, String name) {
    for (var attribute : attributes) {
      if (attribute.getName().equals(name)) {
        return Optional.of(attribute);
      }
    }
    return Optional.empty();
  }

  private static Attribute one(String name, String text) {
    var attribute = Attribute.newBuilder().setName(name);
    switch (ValueText.parse(text)) {
      case ValueText.Scalar scalar ->
          attribute
              .setType(Value.Type.SCALAR)
              .setScalar(Value.Scalar.newBuilder().setValue(scalar.value()));
      case ValueText.Ranges ranges ->
          attribute.setType(Value.Type.RANGES).setRanges(ranges.amount().toMessage());
      case ValueText.Words words ->
          attribute
              .setType(Value.Type.TEXT)
              .setText(Value.Text.newBuilder().setValue(words.text()));
      case ValueText.Items items ->
          throw new ResourceParseException(
              "Invalid attribute '"
                  + name
                  + "' of type SET "
                  + SetAmount.text(items.items())
                  + "; expected a number, ranges or text");
    }
    return attribute.build();
  }
}
