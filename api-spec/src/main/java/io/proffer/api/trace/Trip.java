package io.proffer.api.trace;

import java.util.List;

/**
 * The way of one task as one service saw it.
 *
 * @param task whose way it is
 * @param hops at least two, in order
 */
public record Trip(Task task, List<Hop> hops) {
  public Trip {
    hops = List.copyOf(hops);
  }

  /** A task, by the ids that master and agent both know it by. */
  public record Task(String framework, String id) {}

  /**
   * How far it had come.
   *
   * @param nanos monotonic, of this service
   */
  public record Hop(String name, long nanos) {}
}
