package io.proffer.api.json;

import io.proffer.api.v1.DomainInfo;
import java.nio.charset.StandardCharsets;

/** Domains as the flags of masters and agents have them. */
public final class Domains {
  private static final String EXAMPLE =
      "{\"fault_domain\": {\"region\": {\"name\": \"north\"}, \"zone\": {\"name\": \"n1\"}}}";

  private Domains() {}

  /**
   * Reads a domain.
   *
   * @throws IllegalArgumentException when it is none, with a sentence that says what one looks like
   */
  public static DomainInfo parse(String json) {
    DomainInfo domain;
    try {
      domain =
          JsonCodec.decode(json.getBytes(StandardCharsets.UTF_8), DomainInfo.getDefaultInstance());
    } catch (JsonFormatException e) {
      throw new IllegalArgumentException(wrong(json, e.getMessage()), e);
    }
    if (!domain.hasFaultDomain()) {
      throw new IllegalArgumentException(wrong(json, "it has no 'fault_domain'"));
    }
    return domain;
  }

  private static String wrong(String json, String reason) {
    return "Expected a domain like %s, but got '%s': %s".formatted(EXAMPLE, json, reason);
  }
}
