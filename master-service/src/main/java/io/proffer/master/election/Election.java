package io.proffer.master.election;

/** Tells who leads. Asked for each request, from event loops: never blocks, never throws. */
public interface Election {
  /** How this master stands now. */
  Standing standing();

  /** The election of a master without others: it leads, always. */
  static Election standalone() {
    var leading = new Standing.Leading();
    return () -> leading;
  }
}
