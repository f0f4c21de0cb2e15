package io.proffer.api.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each example is valid against the schema it stands beside; and the schema can say no. */
class ExamplesTest {
  private static final String HERE = "https://proffer.invalid/openapi";

  @Test
  void theMastersExamplesAreValid() {
    assertEquals(List.of(), mistakes(Documents.master(Written.comments())));
  }

  @Test
  void anExplanationHasAnExample() {
    var explain =
        Documents.master(Written.comments())
            .at("/paths/~1api~1v1~1explain/get/responses/200/content/application~1json/examples");
    assertFalse(explain.isEmpty());
  }

  @Test
  void theAgentsExamplesAreValid() {
    assertEquals(List.of(), mistakes(Documents.agent(Written.comments())));
  }

  @Test
  void aMissingFieldAWrongNameAndAWrongTypeAreMistakes() {
    var document = Documents.master(Written.comments());
    var call = schema(document, "/components/schemas/scheduler.Call");

    assertFalse(refuses(call, "{\"type\":\"KILL\",\"kill\":{\"task_id\":{\"value\":\"t\"}}}"));
    assertEquals(true, refuses(call, "{\"type\":\"KILL\",\"kill\":{}}"));
    assertEquals(true, refuses(call, "{\"type\":\"KILLED\"}"));
    assertEquals(true, refuses(call, "{\"type\":\"KILL\",\"kill\":[]}"));
  }

  @Test
  void sixtyFourBitsMayComeAsText() {
    var time = schema(Documents.master(Written.comments()), "/components/schemas/TimeInfo");

    assertFalse(refuses(time, "{\"nanoseconds\":1790000000000000000}"));
    assertFalse(refuses(time, "{\"nanoseconds\":\"1790000000000000000\"}"));
    assertEquals(true, refuses(time, "{\"nanoseconds\":\"soon\"}"));
  }

  private static List<String> mistakes(ObjectNode document) {
    var mistakes = new ArrayList<String>();
    document
        .get("paths")
        .properties()
        .forEach(
            path -> {
              var operation = "/paths/" + path.getKey().replace("/", "~1") + "/post";
              check(document, operation + "/requestBody", mistakes);
              check(document, operation + "/responses/200", mistakes);
              var read = "/paths/" + path.getKey().replace("/", "~1") + "/get/responses/200";
              if (!document.at(read + "/content/application~1json/examples").isMissingNode()) {
                check(document, read, mistakes);
              }
            });
    return mistakes;
  }

  private static void check(ObjectNode document, String body, List<String> mistakes) {
    var media = body + "/content/application~1json";
    if (document.at(media).isMissingNode()) {
      return;
    }
    var schema = schema(document, media + "/schema");
    var examples = document.at(media + "/examples");
    assertFalse(examples.isEmpty(), media);
    for (Map.Entry<String, JsonNode> example : examples.properties()) {
      schema
          .validate(example.getValue().get("value"))
          .forEach(error -> mistakes.add(media + " " + example.getKey() + ": " + error));
    }
  }

  private static Schema schema(ObjectNode document, String pointer) {
    return SchemaRegistry.withDialect(
            Dialects.getOpenApi31(), builder -> builder.schemas(Map.of(HERE, document.toString())))
        .getSchema(SchemaLocation.of(HERE + "#" + pointer));
  }

  private static boolean refuses(Schema schema, String json) {
    try {
      return !schema.validate(Yaml.MAPPER.readTree(json)).isEmpty();
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
