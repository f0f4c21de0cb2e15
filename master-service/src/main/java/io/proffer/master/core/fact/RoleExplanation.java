package io.proffer.master.core.fact;

import java.util.List;

/**
 * What stands between a framework and offers under one of its roles.
 *
 * @param findings the one with the most agents first
 */
public record RoleExplanation(String role, List<Finding> findings) {
  public RoleExplanation {
    findings = List.copyOf(findings);
  }
}
