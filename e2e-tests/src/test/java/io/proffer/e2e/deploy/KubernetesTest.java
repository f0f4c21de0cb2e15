package io.proffer.e2e.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * The manifests, held to a schema of the kinds and fields that they use, strict as an API server
 * with strict field validation is, and to each other.
 */
final class KubernetesTest {
  private static final String HERE = "https://proffer.example.org/kubernetes.json";
  private static final List<JsonNode> ALL = Deployment.documents("kubernetes/masters.yaml");

  private static JsonNode one(String kind, String name) {
    return ALL.stream()
        .filter(document -> document.path("kind").asText().equals(kind))
        .filter(document -> document.at("/metadata/name").asText().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
  }

  private static JsonNode masters() {
    return one("StatefulSet", "proffer-master");
  }

  private static JsonNode pod() {
    return masters().at("/spec/template/spec");
  }

  private static JsonNode container() {
    return pod().at("/containers/0");
  }

  @Test
  void eachManifestIsOfItsKind() {
    var mistakes = new ArrayList<String>();
    var kinds = new TreeSet<String>();
    for (var document : ALL) {
      kinds.add(document.path("kind").asText());
      mistakes.addAll(mistakes(document));
    }
    assertEquals(List.of(), mistakes);
    assertEquals(
        List.of("ConfigMap", "PodDisruptionBudget", "Service", "StatefulSet"), List.copyOf(kinds));
  }

  @Test
  void theSchemaFindsWhatAnApiServerWould() {
    refused("/spec", spec -> spec.put("replica", 3), "replica");
    refused("/spec", spec -> spec.put("replicas", "3"), "replicas");
    refused("/spec", spec -> spec.remove("serviceName"), "serviceName");
    refused(
        "/spec/template/spec",
        spec -> spec.put("enableServicesLinks", false),
        "enableServicesLinks");
    refused(
        "/spec/template/spec/containers/0/livenessProbe", probe -> probe.put("path", "/"), "path");
    refused("", document -> document.put("apiVersion", "apps/v1beta1"), "apiVersion");
  }

  @Test
  void selectorsFindThePodsOfTheMasters() {
    var labels = masters().at("/spec/template/metadata/labels");
    assertEquals(labels, masters().at("/spec/selector/matchLabels"));
    assertEquals(
        labels, one("PodDisruptionBudget", "proffer-master").at("/spec/selector/matchLabels"));
    for (var name : List.of("proffer", "proffer-masters")) {
      var service = one("Service", name);
      assertEquals(labels, service.at("/spec/selector"));
      assertEquals(container().at("/ports/0/name"), service.at("/spec/ports/0/targetPort"));
    }
    assertEquals(labels, pod().at("/topologySpreadConstraints/0/labelSelector/matchLabels"));
  }

  @Test
  void theSetHasAServiceOfItsOwnThatNamesMastersBeforeTheyAreReady() {
    var own = one("Service", masters().at("/spec/serviceName").asText());
    assertEquals("None", own.at("/spec/clusterIP").asText());
    assertTrue(own.at("/spec/publishNotReadyAddresses").asBoolean());
    var announced = "$(POD_NAME)." + own.at("/metadata/name").asText();
    assertEquals(announced, environment("PROFFER_HOSTNAME").get("value").asText());
  }

  @Test
  void probesAskWhetherItLivesAndWhetherItServes() {
    assertEquals(3, masters().at("/spec/replicas").asInt());
    assertEquals("/health", container().at("/startupProbe/httpGet/path").asText());
    assertEquals("/health", container().at("/livenessProbe/httpGet/path").asText());
    assertEquals("/ready", container().at("/readinessProbe/httpGet/path").asText());
    assertEquals(
        1, one("PodDisruptionBudget", "proffer-master").at("/spec/maxUnavailable").asInt());
  }

  /** Kubernetes would tell of the Service in PROFFER_PORT, which is a flag. */
  @Test
  void noServiceIsTakenForAFlag() {
    assertTrue(pod().has("enableServiceLinks"));
    assertFalse(pod().get("enableServiceLinks").asBoolean());
  }

  @Test
  void flagsComeFromTheConfigMapAndFitThePod() {
    var config = one("ConfigMap", container().at("/envFrom/0/configMapRef/name").asText());
    var data = config.get("data");
    assertEquals(
        container().at("/ports/0/containerPort").asText(), data.get("PROFFER_PORT").asText());
    var work = container().at("/volumeMounts/0/mountPath").asText();
    assertTrue(data.get("PROFFER_WORK_DIR").asText().startsWith(work + "/"));
    var mounted = container().get("volumeMounts").findValuesAsText("name");
    var volumes = pod().get("volumes").findValuesAsText("name");
    assertEquals(volumes, mounted);
    assertEquals("/tmp", container().at("/volumeMounts/1/mountPath").asText());
    assertTrue(container().at("/securityContext/readOnlyRootFilesystem").asBoolean());
  }

  private static JsonNode environment(String name) {
    for (var variable : container().get("env")) {
      if (variable.path("name").asText().equals(name)) {
        return variable;
      }
    }
    throw new AssertionError("no variable " + name);
  }

  /** Breaks a copy of the StatefulSet; the one mistake must be found, and named. */
  private static void refused(String where, Consumer<ObjectNode> change, String word) {
    var copy = masters().deepCopy();
    change.accept((ObjectNode) copy.at(where));
    var found = mistakes(copy);
    assertEquals(1, found.size(), found::toString);
    assertTrue(found.getFirst().contains(word), found::toString);
  }

  private static List<String> mistakes(JsonNode document) {
    return schema(document.path("kind").asText()).validate(document).stream()
        .map(error -> document.path("kind").asText() + error)
        .toList();
  }

  private static Schema schema(String kind) {
    try (var in = KubernetesTest.class.getResourceAsStream("kubernetes.json")) {
      var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return SchemaRegistry.withDialect(
              Dialects.getDraft202012(), builder -> builder.schemas(Map.of(HERE, text)))
          .getSchema(SchemaLocation.of(HERE + "#/$defs/" + kind));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
