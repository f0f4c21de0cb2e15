package io.proffer.master.core.allocator.policy;

/**
 * A place in an order: by band first, then by share; smaller ones first.
 *
 * @param band coarse order, for policies with classes of roles; else 0
 * @param share fine order
 */
public record Rank(int band, Share share) implements Comparable<Rank> {

  /** By share alone. */
  public static Rank of(Share share) {
    return new Rank(0, share);
  }

  @Override
  public int compareTo(Rank other) {
    return band == other.band ? share.compareTo(other.share) : Integer.compare(band, other.band);
  }
}
