package io.proffer.master.http.piece;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Words ahead what of a document says more than its rows: an edition that is kept would hold on to
 * all that it is worded from, and word it anew for each reader. Of one document; who uses it holds
 * a lock.
 */
final class Settling {
  /**
   * About what it would have taken when it was tried last and there was no room, and how many
   * pieces there was room for; else 0.
   */
  private long missedBytes;

  private int missedPieces;

  /**
   * The same pieces, all of which may be kept. Empty when there is no room for them: then they are
   * worded as they are written, since one reader should not hold all of them at once; and nothing
   * is worded twice for nothing as long as there is no more room.
   *
   * @param spareBytes what the edition before gives back
   */
  Optional<List<Piece>> settle(Fragments fragments, List<Piece> pieces, long spareBytes) {
    var isAsLong = missedBytes > 0 && pieces.size() >= missedPieces;
    if (isAsLong && !fragments.couldReserve(missedBytes - spareBytes)) {
      return Optional.empty();
    }
    var settled = new ArrayList<Piece>(pieces.size());
    var own = 0L;
    for (var each : pieces) {
      var passing = isPassing(each);
      if (passing && !fragments.couldReserve(own - spareBytes)) {
        missedBytes = own * pieces.size() / Math.max(1, settled.size());
        missedPieces = settled.size();
        return Optional.empty();
      }
      var piece = passing ? Fragment.text(each.bytes()) : each;
      own += Edition.ownBytes(piece);
      settled.add(piece);
    }
    missedBytes = 0;
    return Optional.of(settled);
  }

  /** Whether it is worded from more than its row, so that it may not be kept as it is. */
  static boolean isPassing(Piece piece) {
    return switch (piece) {
      case Fragment fragment -> false;
      case Later<?> later -> later.isPassing();
      case Cut(var whole, var head, var tail) -> isPassing(whole);
    };
  }
}
