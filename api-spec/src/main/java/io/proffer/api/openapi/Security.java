package io.proffer.api.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.proffer.api.endpoint.Access;
import io.proffer.api.endpoint.Endpoint;
import java.util.List;

/** Where credentials may be asked for: one scheme for each realm. */
final class Security {
  private Security() {}

  /** The schemes of a service, in the order of the realms. */
  static void addSchemes(ObjectNode components, String service, List<Endpoint> endpoints) {
    var schemes = Yaml.object();
    for (var access : Access.values()) {
      if (isAsked(access) && endpoints.stream().anyMatch(e -> e.access() == access)) {
        schemes
            .putObject(access.realm(service))
            .put("type", "http")
            .put("scheme", access == Access.EXECUTORS ? "bearer" : "basic")
            .put(
                "description", "Asked for where the service's flags say so; see docs/security.md.");
      }
    }
    components.set("securitySchemes", schemes);
  }

  /** What an endpoint may ask for; nothing is what it asks for unless a flag says otherwise. */
  static void addTo(ObjectNode operation, Endpoint endpoint, String service) {
    if (isAsked(endpoint.access())) {
      var alternatives = operation.putArray("security");
      alternatives.addObject();
      alternatives.addObject().putArray(endpoint.access().realm(service));
    }
  }

  static boolean isAsked(Access access) {
    return access != Access.OPEN;
  }
}
