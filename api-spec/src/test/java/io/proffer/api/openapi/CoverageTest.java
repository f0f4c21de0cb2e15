package io.proffer.api.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.proffer.api.v1.scheduler.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Nothing of the API is left out, and nothing said without a sentence. */
class CoverageTest {
  private static final ObjectNode MASTER = Documents.master(Written.comments());
  private static final ObjectNode AGENT = Documents.agent(Written.comments());

  @Test
  void everyCallAndEventHasASentenceAndAnExample() {
    var silent = new ArrayList<String>();
    for (var document : List.of(MASTER, AGENT)) {
      for (var examples : document.findValues("examples")) {
        // A schema may have a property of that name.
        if (examples.has("type")) {
          continue;
        }
        examples
            .properties()
            .forEach(
                example -> {
                  // Of a refusal, the sentence stands alone beside its text.
                  var says =
                      example
                          .getValue()
                          .path(example.getKey().matches("\\d+") ? "summary" : "description")
                          .asText();
                  if (!says.matches("(?s)[A-Z`].{5,}[.]") || !example.getValue().has("value")) {
                    silent.add(example.getKey() + ": " + says);
                  }
                });
      }
    }
    assertEquals(List.of(), silent);
  }

  @Test
  void everyReferenceLeadsToASchemaAndEverySchemaIsReferredTo() {
    for (var document : List.of(MASTER, AGENT)) {
      var references = new TreeSet<>(document.findValuesAsText("$ref"));
      var schemas = new TreeSet<String>();
      document
          .at("/components/schemas")
          .fieldNames()
          .forEachRemaining(name -> schemas.add("#/components/schemas/" + name));
      // Those of protobuf alone have no media type that could refer to them.
      schemas.removeIf(name -> name.contains("/internal.") && !references.contains(name));

      assertEquals(schemas, references);
    }
  }

  @Test
  void callsThatAreNotAnsweredYetSaySo() {
    var calls = MASTER.at("/paths/~1api~1v1/post/requestBody/content/application~1json/examples");

    assertTrue(calls.at("/GROW_VOLUME/description").asText().endsWith("Answered with 501 so far."));
    assertEquals("Asks whether the master works.", calls.at("/GET_HEALTH/description").asText());
  }

  @Test
  void aFieldTheCodecDoesNotKnowIsNoExample() {
    var examples = Yaml.resource("scheduler.yaml").withObject("events");
    examples.withObject("RESCIND").withObject("rescind").put("reason", "none");

    var refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Examples(Written.comments()).of(Event.getDefaultInstance(), examples));

    assertEquals("the codec does not know .rescind.reason", refused.getMessage());
  }

  @Test
  void anEventWithoutExampleIsNamed() {
    var examples = Yaml.resource("scheduler.yaml").withObject("events");
    examples.remove("RESCIND");

    var refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Examples(Written.comments()).of(Event.getDefaultInstance(), examples));

    assertEquals("no example for proffer.v1.scheduler.Event RESCIND", refused.getMessage());
  }
}
