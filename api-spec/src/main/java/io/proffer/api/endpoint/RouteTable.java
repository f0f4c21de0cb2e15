package io.proffer.api.endpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the endpoint of a path (scheduler-api, sections 13 and 14): the longest known prefix that
 * ends at a slash wins, doubled and trailing slashes do not matter, and nothing is percent-decoded.
 */
public final class RouteTable {
  private final String prefix;
  private final List<Endpoint> endpoints;
  private final Map<String, Endpoint> byPath;

  /** Of the known paths: what is longer need not be looked up, however many slashes it has. */
  private final int longest;

  /**
   * @param prefix what may stand before the path of an endpoint that reaches both ways
   */
  public RouteTable(String prefix, List<Endpoint> endpoints) {
    this.prefix = prefix;
    this.endpoints = List.copyOf(endpoints);
    var paths = new LinkedHashMap<String, Endpoint>();
    for (var endpoint : endpoints) {
      add(paths, endpoint.path(), endpoint);
      if (endpoint.reach() == Endpoint.Reach.BOTH) {
        add(paths, prefix + endpoint.path(), endpoint);
      }
    }
    this.byPath = paths;
    this.longest = paths.keySet().stream().mapToInt(String::length).max().orElse(0);
  }

  /** What may stand before a path. */
  public String prefix() {
    return prefix;
  }

  /** The rows, in order. */
  public List<Endpoint> endpoints() {
    return endpoints;
  }

  /** The endpoint that a raw path reaches, and what of the path is left. */
  public Optional<Match> find(String rawPath) {
    var path = normal(rawPath);
    var end = path.length() <= longest ? path.length() : path.lastIndexOf('/', longest);
    while (end > 0) {
      var endpoint = byPath.get(path.substring(0, end));
      if (endpoint != null) {
        return Optional.of(new Match(endpoint, path, path.substring(end)));
      }
      end = path.lastIndexOf('/', end - 1);
    }
    return Optional.empty();
  }

  private static void add(Map<String, Endpoint> paths, String path, Endpoint endpoint) {
    var before = paths.put(path, endpoint);
    if (before != null) {
      throw new IllegalArgumentException("two endpoints claim the path " + path);
    }
  }

  private static String normal(String rawPath) {
    var path = new StringBuilder(rawPath.length());
    for (var i = 0; i < rawPath.length(); i++) {
      var c = rawPath.charAt(i);
      if (c == '/' && path.length() > 0 && path.charAt(path.length() - 1) == '/') {
        continue;
      }
      path.append(c);
    }
    if (path.length() > 0 && path.charAt(path.length() - 1) == '/') {
      path.setLength(path.length() - 1);
    }
    return path.toString();
  }

  /**
   * A path that was found.
   *
   * @param path the whole path, slashes made single
   * @param rest what follows the endpoint's own path: empty, or beginning with a slash
   */
  public record Match(Endpoint endpoint, String path, String rest) {}
}
