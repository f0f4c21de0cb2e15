package io.proffer.api.resource;

import io.proffer.api.v1.Resource;
import io.proffer.api.v1.Resource.ReservationInfo;
import io.proffer.api.v1.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** The text format of {@code --resources} (resources.md, 4). */
final class ResourceParser {
  private ResourceParser() {}

  static List<Resource> parse(String text, String defaultRole) {
    var messages = new ArrayList<Resource>();
    for (var token : Tokens.split(text, ";")) {
      messages.add(one(token, defaultRole));
    }
    var error = ResourceValidation.check(messages);
    if (error.isPresent()) {
      throw new ResourceParseException(error.get());
    }
    requireOneTypePerName(messages);
    return messages;
  }

  private static Resource one(String token, String defaultRole) {
    var pair = Tokens.split(token, ":");
    if (pair.size() != 2) {
      throw new ResourceParseException("Bad value for resources, missing or extra ':' in " + token);
    }
    var key = pair.getFirst();
    int open = key.indexOf('(');
    int close = key.indexOf(')');
    if ((open < 0) != (close < 0) || close < open) {
      throw new ResourceParseException(
          "Bad value for resources, mismatched parentheses in " + token);
    }
    var name = (open < 0 ? key : key.substring(0, open)).strip();
    var role = open < 0 ? Roles.ANY : key.substring(open + 1, close).strip();
    return build(name, role.equals(Roles.ANY) ? defaultRole : role, pair.getLast());
  }

  private static Resource build(String name, String role, String text) {
    var message = Resource.newBuilder().setName(name);
    switch (value(name, text)) {
      case ValueText.Scalar scalar ->
          message
              .setType(Value.Type.SCALAR)
              .setScalar(Value.Scalar.newBuilder().setValue(scalar.value()));
      case ValueText.Ranges ranges -> ranges.amount().writeTo(message);
      case ValueText.Items items ->
          message.setType(Value.Type.SET).setSet(Value.Set.newBuilder().addAllItem(items.items()));
      case ValueText.Words words ->
          throw new ResourceParseException(
              "Bad type for resource " + name + " value " + words.text() + " type TEXT");
    }
    if (!role.equals(Roles.ANY)) {
      message.addReservations(
          ReservationInfo.newBuilder().setType(ReservationInfo.Type.STATIC).setRole(role));
    }
    return message.build();
  }

  private static ValueText value(String name, String text) {
    try {
      return ValueText.parse(text);
    } catch (ResourceParseException e) {
      throw new ResourceParseException(
          "Failed to parse resource " + name + " value " + text + " error " + e.getMessage());
    }
  }

  private static void requireOneTypePerName(List<Resource> messages) {
    var types = new LinkedHashMap<String, Value.Type>();
    for (var message : messages) {
      var known = types.putIfAbsent(message.getName(), message.getType());
      if (known != null && known != message.getType()) {
        throw new ResourceParseException(
            "Resources with the same name ('"
                + message.getName()
                + "') but different types are not allowed");
      }
    }
  }
}
