package io.proffer.api.acl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.proffer.api.fuzz.FuzzTarget;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Documents of rules. What is refused has a sentence; what is taken allows what another reading of
 * the same document allows, for nobody notices a rule that says something else than it does.
 */
public final class AclDocumentTarget implements FuzzTarget {
  private static final ObjectMapper OTHER = new ObjectMapper();
  private static final String WHO = "ann";

  @Override
  public void take(byte[] input) throws JsonProcessingException {
    var text = new String(input, StandardCharsets.UTF_8);
    Acls acls;
    try {
      acls = AclDocument.parse(text);
    } catch (AclFormatException documented) {
      FuzzTarget.check(!documented.getMessage().isBlank(), "a refusal without a sentence");
      return;
    }
    var document = OTHER.readTree(text);
    for (var action : Action.values()) {
      var named = action.object().equals("paths") ? "/files/debug" : "x";
      for (var object : List.of(Optional.of(named), Optional.<String>empty())) {
        FuzzTarget.check(
            acls.allows(action, Optional.of(WHO), object) == allows(document, action, object),
            action + " of " + object + " is not as it stands there");
      }
    }
    FuzzTarget.check(acls.ignored().stream().allMatch(a -> document.has(a.key())), "not there");
  }

  private static boolean allows(JsonNode document, Action action, Optional<String> object) {
    for (var rule : document.path(action.key())) {
      var principals = rule.get("principals");
      var objects = rule.get(action.object());
      if (isAbout(principals, Optional.of(WHO)) && isAbout(objects, object)) {
        return !type(principals).equals("NONE") && !type(objects).equals("NONE");
      }
    }
    return document.path("permissive").asBoolean(true);
  }

  private static boolean isAbout(JsonNode entity, Optional<String> what) {
    if (!type(entity).equals("SOME")) {
      return true;
    }
    var values = new ArrayList<String>();
    entity.path("values").forEach(value -> values.add(value.asText()));
    // Roles below another have a slash, and none of those that are asked for is one of them.
    return what.filter(values::contains).isPresent();
  }

  private static String type(JsonNode entity) {
    return entity.path("type").asText("SOME");
  }

  @Override
  public List<byte[]> seeds() {
    var ann = "{\"principals\": {\"values\": [\"ann\", \"bob\"]}, ";
    return FuzzTarget.texts(
        "{}",
        "{\"permissive\": false}",
        "{\"permissive\": false, \"run_tasks\": [" + ann + "\"users\": {\"type\": \"ANY\"}}]}",
        "{\"run_tasks\": [{\"principals\": {\"type\": \"NONE\"}, \"users\": {\"values\": [\"x\"]}},"
            + ann
            + "\"users\": {\"type\": \"SOME\", \"values\": [\"\\u0078\"]}}]}",
        "{\"view_roles\": [" + ann + "\"roles\": {\"values\": [\"x/%\", \"/%\", \"%\"]}}]}",
        "{\"get_endpoints\": [" + ann + "\"paths\": {\"values\": [\"/files/debug\"]}}]}",
        "{\"get_endpoints\": [" + ann + "\"paths\": {\"values\": [\"/state\"]}}]}",
        "{\"view_flags\": [" + ann + "\"flags\": {\"type\": \"NONE\"}}], \"prune_images\": []}",
        "{\"run_tasks\": [], \"run_tasks\": []}",
        "{\"run_tasks\": [1e999999999, -0, null, {}]}",
        "{\"permissive\": " + "9".repeat(2000) + "}",
        "{\"run_tasks\": " + "[".repeat(2000),
        "[]",
        "\uFEFF{}");
  }
}
