package io.proffer.master.election;

/**
 * Tells who leads. {@link #standing} is asked for each request, from event loops: it never blocks
 * and never throws.
 */
public interface Election extends AutoCloseable {
  /** How this master stands now. */
  Standing standing();

  /** Whether this master leads, or would if all before it went; as {@link #standing}. */
  default boolean contends() {
    return true;
  }

  /**
   * Gives leadership up, because this master cannot go on; contends again.
   *
   * @param of what it led by: whoever is late, and speaks of an earlier term, ends no other
   */
  default void resign(Lease of, String why) {} // Without others there is nobody to leave it to.

  @Override
  default void close() {}

  /** The election of a master without others: it leads, always. */
  static Election standalone() {
    var leading = new Standing.Leading();
    return () -> leading;
  }
}
