package io.proffer.api.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;

/** The same event for Jackson databind, which finds in it only the fields that stand here. */
final class OffersRecords {
  private OffersRecords() {}

  static ObjectMapper mapper() {
    return JsonMapper.builder()
        .defaultPropertyInclusion(
            JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .build();
  }

  record Event(Kind type, Offers offers) {}

  enum Kind {
    SUBSCRIBED,
    OFFERS,
    UPDATE,
    HEARTBEAT
  }

  record Offers(List<Offer> offers) {}

  record Offer(
      Id id,
      @JsonProperty("framework_id") Id frameworkId,
      @JsonProperty("agent_id") Id agentId,
      String hostname,
      Url url,
      List<Resource> resources,
      @JsonProperty("allocation_info") Allocation allocationInfo) {}

  record Id(String value) {}

  record Url(String scheme, Address address, String path) {}

  record Address(String hostname, String ip, int port) {}

  record Resource(
      String name,
      ValueKind type,
      Scalar scalar,
      Ranges ranges,
      @JsonProperty("allocation_info") Allocation allocationInfo) {}

  enum ValueKind {
    SCALAR,
    RANGES,
    SET,
    TEXT
  }

  record Scalar(double value) {}

  record Ranges(List<Range> range) {}

  record Range(long begin, long end) {}

  record Allocation(String role) {}
}
