package io.proffer.api.resource;

import io.proffer.api.json.JsonCodec;
import io.proffer.api.json.JsonFormatException;
import io.proffer.api.v1.Resource;
import io.proffer.api.v1.Resource.ReservationInfo;
import io.proffer.api.v1.TaskResourceLimitation;
import io.proffer.api.v1.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** What {@code --resources} may say: the text format, or a JSON array (resources.md, 4). */
final class ResourceParser {
  private ResourceParser() {}

  static List<Resource> parse(String text, String defaultRole) {
    var messages =
        text.strip().startsWith("[") ? fromJson(text, defaultRole) : fromText(text, defaultRole);
    var error = ResourceValidation.check(messages);
    if (error.isPresent()) {
      throw new ResourceParseException(error.get());
    }
    for (var message : messages) {
      requireAllowed(Format.upgrade(message));
    }
    requireOneTypePerName(messages);
    return messages;
  }

  private static List<Resource> fromText(String text, String defaultRole) {
    var messages = new ArrayList<Resource>();
    for (var token : Tokens.split(text, ";")) {
      messages.add(one(token, defaultRole));
    }
    return messages;
  }

  @SuppressWarnings("deprecation") // asks for the old field, which users may still write
  private static List<Resource> fromJson(String text, String defaultRole) {
    var messages = new ArrayList<Resource>();
    for (var message : decode(text)) {
      boolean roleless = !message.hasRole() && message.getReservationsCount() == 0;
      messages.add(
          roleless && !defaultRole.equals(Roles.ANY) ? reserved(message, defaultRole) : message);
    }
    return messages;
  }

  /** The codec reads messages, so the list is read as the field of one. */
  private static List<Resource> decode(String text) {
    var wrapped = "{\"resources\":" + text + "}";
    try {
      return JsonCodec.decode(
              wrapped.getBytes(StandardCharsets.UTF_8), TaskResourceLimitation.getDefaultInstance())
          .getResourcesList();
    } catch (JsonFormatException e) {
      throw new ResourceParseException(
          "Bad value for resources, expected a JSON array of Resource objects: " + e.getMessage());
    }
  }

  private static void requireAllowed(Resource message) {
    if (message.getDisk().hasPersistence()) {
      throw new ResourceParseException(
          "Persistent volumes cannot be specified at the command line");
    }
    if (message.hasRevocable()) {
      throw new ResourceParseException(
          "Revocable resources cannot be specified at the command line; do not include a"
              + " 'revocable' key in the resources JSON");
    }
    for (var entry : message.getReservationsList()) {
      if (entry.getType() == ReservationInfo.Type.DYNAMIC) {
        throw new ResourceParseException(
            "Dynamic reservations cannot be specified at the command line; do not include a"
                + " reservation with DYNAMIC type in the resources JSON");
      }
    }
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
    return role.equals(Roles.ANY) ? message.build() : reserved(message.build(), role);
  }

  private static Resource reserved(Resource message, String role) {
    return message.toBuilder().addReservations(Reservation.fixed(role).message()).build();
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
