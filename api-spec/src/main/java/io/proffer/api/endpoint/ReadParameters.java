package io.proffer.api.endpoint;

/**
 * What reads can be asked: which rows, how many of them, and whether there are newer ones at all.
 */
final class ReadParameters {
  static final Parameter IF_NONE_MATCH =
      Parameter.header("If-None-Match", "The `ETag` one has: 304 while it is the present one.");
  static final Parameter FRAMEWORK =
      Parameter.query("framework_id", "Only this framework, its tasks, and where they are.");
  static final Parameter AGENT =
      Parameter.query("slave_id", "Only this agent, its tasks, and whose they are.");
  static final Parameter STATE =
      Parameter.query(
          "state",
          "Only tasks in these states, separated by commas, and the frameworks and agents that have"
              + " such.");
  static final Parameter OFFSET = Parameter.number("offset", "How many to leave out first.");
  static final Parameter LIMIT = Parameter.number("limit", "How many at most; all when not given.");
  static final Parameter ORDER =
      Parameter.query("order", "`desc`: the newest first; anything else: the oldest first.");

  private ReadParameters() {}
}
