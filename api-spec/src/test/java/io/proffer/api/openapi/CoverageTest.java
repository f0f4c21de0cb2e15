package io.proffer.api.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.proffer.api.endpoint.AgentEndpoints;
import io.proffer.api.endpoint.Endpoint;
import io.proffer.api.endpoint.MasterEndpoints;
import io.proffer.api.endpoint.Write;
import io.proffer.api.v1.scheduler.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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

  /** Both ways: no method is taken that is not described, and none is described that is not. */
  @Test
  void everyMethodOfEveryEndpointIsDescribed() {
    assertEquals(taken(MasterEndpoints.all()), described(MASTER));
    assertEquals(taken(AgentEndpoints.all()), described(AGENT));
  }

  /** Reads that take any method are described by GET, which is like HEAD but for its body. */
  private static Set<String> taken(List<Endpoint> endpoints) {
    var all = new TreeSet<String>();
    for (var endpoint : endpoints) {
      var methods = endpoint.methods().isEmpty() ? List.of("GET") : endpoint.methods();
      for (var method : methods) {
        var below =
            endpoint.contract().writes().stream()
                .filter(write -> write.method().equals(method))
                .map(Write::below)
                .findFirst()
                .orElse("");
        if (!method.equals("HEAD")) {
          all.add(method + " " + endpoint.path() + below);
        }
      }
    }
    return all;
  }

  private static Set<String> described(ObjectNode document) {
    var all = new TreeSet<String>();
    for (var path : document.get("paths").properties()) {
      for (var member : path.getValue().properties()) {
        if (!member.getKey().equals("servers")) {
          all.add(member.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
        }
      }
    }
    return all;
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
