package io.proffer.e2e.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The manifests, held to the types that Kubernetes publishes of its API, strict as an API server
 * with strict field validation is, and to each other.
 */
final class KubernetesTest {
  /** No manifest says a moment, which is a string that nobody here reads. */
  private static final Gson GSON =
      new GsonBuilder().registerTypeAdapter(OffsetDateTime.class, new Moments()).create();

  private static final Map<String, Type> TYPES =
      Map.of(
          "v1 ConfigMap", new Type(V1ConfigMap.class, V1ConfigMap::validateJsonElement),
          "v1 Service", new Type(V1Service.class, V1Service::validateJsonElement),
          "policy/v1 PodDisruptionBudget",
              new Type(V1PodDisruptionBudget.class, V1PodDisruptionBudget::validateJsonElement),
          "apps/v1 StatefulSet", new Type(V1StatefulSet.class, V1StatefulSet::validateJsonElement));

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
    refused("/spec", spec -> spec.remove("selector"), "selector");
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
    var kind = document.path("apiVersion").asText() + " " + document.path("kind").asText();
    var type = TYPES.get(kind);
    if (type == null) {
      return List.of("no kind that is expected of an apiVersion: " + kind);
    }
    var json = JsonParser.parseString(document.toString());
    try {
      type.check().of(json);
      // What was taken for something else, as a number in quotes, is written otherwise than read.
      var read = GSON.toJsonTree(GSON.fromJson(json, type.model()));
      return holds(read, json) ? List.of() : List.of(kind + " is read as " + read);
    } catch (IOException | IllegalArgumentException | JsonParseException e) {
      return List.of(kind + ": " + e.getMessage());
    }
  }

  /** Whether all that was written is in what was read, which has empty lists besides. */
  private static boolean holds(JsonElement read, JsonElement written) {
    if (read instanceof JsonObject object && written instanceof JsonObject other) {
      return other.entrySet().stream()
          .allMatch(
              field ->
                  object.has(field.getKey())
                      && holds(object.get(field.getKey()), field.getValue()));
    }
    if (read instanceof JsonArray array && written instanceof JsonArray other) {
      return array.size() == other.size()
          && IntStream.range(0, array.size()).allMatch(i -> holds(array.get(i), other.get(i)));
    }
    return read.equals(written);
  }

  /** A type of the API: fields that it has not are refused, and those that it needs are missed. */
  private record Type(Class<?> model, Check check) {}

  private interface Check {
    void of(JsonElement document) throws IOException;
  }

  private static final class Moments extends TypeAdapter<OffsetDateTime> {
    @Override
    public void write(JsonWriter out, OffsetDateTime moment) throws IOException {
      out.nullValue();
    }

    @Override
    public OffsetDateTime read(JsonReader in) {
      throw new JsonParseException(
          "expected no moment in a manifest, but one is at " + in.getPath());
    }
  }
}
