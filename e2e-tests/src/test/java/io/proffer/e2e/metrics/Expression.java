package io.proffer.e2e.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** An expression of PromQL, as far as its names go: which metrics it reads, and which labels. */
final class Expression {
  private static final Pattern TOKEN =
      Pattern.compile("\"[^\"]*\"|\\[[^\\]]*]|[a-zA-Z_][a-zA-Z0-9_]*|[0-9.]+|=~|!~|!=|[^\\s]");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
  private static final Set<String> FUNCTIONS =
      Set.of("sum", "max", "rate", "increase", "histogram_quantile", "topk", "clamp_min");
  private static final Set<String> GROUPING = Set.of("by", "without");

  /** Those that Prometheus adds of itself. */
  private static final Set<String> OF_PROMETHEUS = Set.of("instance", "job");

  private final List<String> tokens;
  private final Set<String> metrics = new TreeSet<>();
  private final Set<String> labels = new TreeSet<>();

  Expression(String text) {
    tokens = TOKEN.matcher(text).results().map(found -> found.group()).toList();
    var places = new ArrayList<String>();
    for (int at = 0; at < tokens.size(); at++) {
      var token = tokens.get(at);
      if (token.equals("(")) {
        places.add(at > 0 && GROUPING.contains(tokens.get(at - 1)) ? "labels" : "terms");
      } else if (token.equals("{")) {
        places.add("labels");
      } else if (token.equals(")") || token.equals("}")) {
        places.removeLast();
      } else if (NAME.matcher(token).matches()) {
        name(token, at, !places.isEmpty() && places.getLast().equals("labels"));
      }
    }
  }

  private void name(String token, int at, boolean isLabel) {
    var next = at + 1 < tokens.size() ? tokens.get(at + 1) : "";
    if (isLabel) {
      if (!OF_PROMETHEUS.contains(token)) {
        labels.add(token);
      }
    } else if (!GROUPING.contains(token)) {
      // A function is known by name, so that a metric that is misspelt cannot pass for one.
      if (!(FUNCTIONS.contains(token) && (next.equals("(") || GROUPING.contains(next)))) {
        metrics.add(token);
      }
    }
  }

  /** The metrics it reads. */
  Set<String> metrics() {
    return metrics;
  }

  /** The labels it picks or groups by. */
  Set<String> labels() {
    return labels;
  }
}
