package io.proffer.master.core.fact;

/**
 * When an agent said what it runs, by its own count: what is under way for long may come after what
 * was said later.
 *
 * @param followed the epoch of the master that it had followed last; 0 for none
 * @param run which start of its process said it; 0 of a version that does not count
 * @param attempt which subscription of that run it was
 */
public record Said(long followed, long run, long attempt) {
  /** Nobody knows when, and no master was followed before. */
  public static final Said UNKNOWN = new Said(0, 0, 0);

  /**
   * Whether it is no news to who has heard that, so that nobody waits for the answer. Of versions
   * that do not count, the epoch alone tells.
   */
  public boolean isOutdatedBy(Said heard) {
    return counts(heard) ? isNoLaterThan(heard) : followed < heard.followed;
  }

  /**
   * Whether the agent's own count says so: the epoch of one without an id tells nothing, for it
   * follows nobody yet, or has forgotten whom.
   */
  public boolean isNoLaterThan(Said heard) {
    return counts(heard) && (run < heard.run || (run == heard.run && attempt <= heard.attempt));
  }

  /**
   * Whether an agent that never followed this master has ended, by the word of another one, all
   * that it told before and does not tell now. Of one epoch only its own count says which is now.
   */
  public boolean replaces(Said before) {
    return followed > before.followed || (followed == before.followed && counts(before));
  }

  private boolean counts(Said other) {
    return run > 0 && other.run > 0;
  }
}
