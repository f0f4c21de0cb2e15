package io.proffer.api.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.proffer.api.endpoint.AgentEndpoints;
import io.proffer.api.endpoint.Endpoint;
import io.proffer.api.endpoint.MasterEndpoints;
import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.ContainerInfo;
import io.proffer.api.v1.ContainerStatus;
import io.proffer.api.v1.DiscoveryInfo;
import io.proffer.api.v1.DomainInfo;
import io.proffer.api.v1.HealthCheck;
import io.proffer.api.v1.Label;
import io.proffer.api.v1.MasterInfo;
import io.proffer.api.v1.Resource;
import io.proffer.api.v1.scheduler.OfferConstraints;
import java.util.List;
import java.util.TreeSet;

/** The two documents, whole. */
final class Documents {
  private static final ObjectNode ABOUT = Yaml.resource("about.yaml");
  private static final ObjectNode PLAIN = Yaml.resource("plain.yaml");

  private Documents() {}

  /** {@code openapi/master.yaml}. */
  static ObjectNode master(Comments comments) {
    return document("master", MasterEndpoints.all(), MasterEndpoints.PREFIX, comments);
  }

  /** {@code openapi/agent.yaml}. */
  static ObjectNode agent(Comments comments) {
    return document("agent", AgentEndpoints.all(), AgentEndpoints.PREFIX, comments);
  }

  private static ObjectNode document(
      String service, List<Endpoint> endpoints, String prefix, Comments comments) {
    var schemas = new Schemas(comments);
    var operations = new Operations(schemas, new Examples(comments));
    var document = Yaml.object().put("openapi", "3.1.0");
    document.set("info", info(ABOUT.get(service)));
    document.putArray("servers").addObject().put("url", "/");
    var paths = document.putObject("paths");
    for (var endpoint : endpoints) {
      paths.set(endpoint.path(), operations.item(endpoint, prefix));
      endpoint.contract().document().ifPresent(name -> addPlain(name, schemas));
      for (var write : endpoint.contract().writes()) {
        write.body().ifPresent(body -> addPlain(body.document(), schemas));
        if (!write.below().isEmpty()) {
          var path = endpoint.path() + write.below();
          paths.set(path, operations.item(endpoint, write, prefix));
        }
      }
    }
    var components = document.putObject("components");
    components.set("schemas", schemas.components());
    Security.addSchemes(components, service, endpoints);
    return document;
  }

  private static ObjectNode info(JsonNode about) {
    var info = ((ObjectNode) about.get("info")).deepCopy();
    return info.put(
        "description", info.get("description").textValue() + ABOUT.get("conventions").textValue());
  }

  /** Adds a schema of {@code plain.yaml} and all it refers to. */
  private static void addPlain(String name, Schemas schemas) {
    if (schemas.has(name)) {
      return;
    }
    if (!PLAIN.has(name)) {
      addMessage(name, schemas);
      return;
    }
    schemas.add(name, (ObjectNode) PLAIN.get(name));
    var references = new TreeSet<String>();
    for (var reference : PLAIN.get(name).findValuesAsText("$ref")) {
      references.add(reference.substring(reference.lastIndexOf('/') + 1));
    }
    references.forEach(reference -> addPlain(reference, schemas));
  }

  private static void addMessage(String name, Schemas schemas) {
    for (var message :
        List.of(
            AgentInfo.getDescriptor(),
            ContainerInfo.getDescriptor(),
            ContainerStatus.getDescriptor(),
            DiscoveryInfo.getDescriptor(),
            DomainInfo.getDescriptor(),
            HealthCheck.getDescriptor(),
            Label.getDescriptor(),
            MasterInfo.getDescriptor(),
            Resource.getDescriptor(),
            io.proffer.api.v1.Task.getDescriptor(),
            OfferConstraints.getDescriptor())) {
      schemas.reference(message);
    }
    if (!schemas.has(name)) {
      throw new IllegalArgumentException(
          "nothing is called " + name + ": the form of a plain document stands in plain.yaml");
    }
  }
}
