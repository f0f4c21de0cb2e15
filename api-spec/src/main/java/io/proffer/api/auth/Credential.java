package io.proffer.api.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A principal, and the secret that proves it. */
public record Credential(String principal, String secret) {

  /** The value of an {@code Authorization} header. */
  public String basic() {
    var pair = (principal + ":" + secret).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** Without the secret: records end up in logs and errors. */
  @Override
  public String toString() {
    return "Credential[principal=" + principal + "]";
  }
}
