package io.proffer.master.http.piece;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.zip.Deflater;

/**
 * A document as it was at one version, for any number of readers. What is unchanged it shares with
 * the edition before, down to what was packed.
 */
public final class Edition {
  /** Of 16 fragments one ends a chunk, always the same one: so a change moves no other ends. */
  private static final int END_MASK = 15;

  /** But a chunk of many bytes ends anyway. */
  private static final int CHUNK_BYTES = 256 * 1024;

  /** What a later piece counts as: it would have to be made to be measured. */
  private static final int LATER_BYTES = 1024;

  /** Polls are answered from what is packed already: what is new should not make them wait. */
  private static final int LEVEL = Deflater.BEST_SPEED;

  private static final byte[] GZIP_HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 4, (byte) 0xff};

  /** The last block, with nothing in it. */
  private static final byte[] DEFLATE_END = {3, 0};

  /** From here on, what packs it once for all is cheaper than packing it whole. */
  private static final int LONG_BYTES = 64 * 1024;

  private final Fragments fragments;
  private final List<Chunk> chunks;
  private final boolean isLong;

  /** Of what stands between rows, which is on no shelf. */
  private final long ownBytes;

  /** Whether it may be kept: it holds on to nothing but bytes, and rows that are kept anyway. */
  private final boolean isSettled;

  private Edition(
      Fragments fragments, List<Chunk> chunks, boolean isLong, long ownBytes, boolean isSettled) {
    this.fragments = fragments;
    this.chunks = chunks;
    this.isLong = isLong;
    this.ownBytes = ownBytes;
    this.isSettled = isSettled;
  }

  /**
   * The edition with these pieces.
   *
   * @param before the edition it follows, of which it takes what is the same
   */
  public static Edition of(Fragments fragments, List<Piece> pieces, Optional<Edition> before) {
    var earlier = before.map(Edition::byFirstPiece).orElseGet(IdentityHashMap::new);
    var chunks = new ArrayList<Chunk>();
    var open = new ArrayList<Piece>();
    var bytes = 0;
    var all = 0L;
    var own = 0L;
    var isSettled = true;
    for (var piece : pieces) {
      isSettled &= !Settling.isPassing(piece);
      open.add(piece);
      own += ownBytes(piece);
      bytes += piece instanceof Fragment fragment ? fragment.size() : LATER_BYTES;
      if (endsChunk(piece) || bytes >= CHUNK_BYTES) {
        chunks.add(chunk(open, earlier));
        open.clear();
        all += bytes;
        bytes = 0;
      }
    }
    if (!open.isEmpty()) {
      chunks.add(chunk(open, earlier));
    }
    return new Edition(fragments, chunks, all + bytes >= LONG_BYTES, own, isSettled);
  }

  /** What a piece takes of the cache that is on no shelf. */
  static long ownBytes(Piece piece) {
    return piece instanceof Fragment text && !text.isOnShelf() ? text.size() : 0;
  }

  /** Whether it is worth to keep it packed. */
  public boolean isLong() {
    return isLong;
  }

  /** Writes it. */
  public void writeTo(OutputStream out) throws IOException {
    for (var chunk : chunks) {
      for (var piece : chunk.pieces()) {
        piece.writeTo(out);
      }
    }
  }

  /** Writes it as gzip does. */
  public void writePacked(OutputStream out) throws IOException {
    out.write(GZIP_HEADER);
    var crc = 0;
    var length = 0L;
    for (var chunk : chunks) {
      var packed = chunk.packed(fragments, LEVEL);
      out.write(packed.bytes());
      crc = Crc.join(crc, packed.crc(), packed.length());
      length += packed.length();
    }
    out.write(DEFLATE_END);
    out.write(
        ByteBuffer.allocate(8)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(crc)
            .putInt((int) length)
            .array());
  }

  /** What it takes of the cache beside its rows. */
  long ownBytes() {
    return ownBytes;
  }

  /** Takes the room it needs beside its rows; false when there is none, or it may not be kept. */
  boolean keep() {
    return isSettled && fragments.reserve(ownBytes);
  }

  /** Says of its rows that they are still asked for. */
  void touch(long nowNanos) {
    for (var chunk : chunks) {
      chunk.pieces().forEach(piece -> touch(piece, nowNanos));
    }
  }

  private static void touch(Piece piece, long nowNanos) {
    switch (piece) {
      case Fragment fragment -> fragment.use(nowNanos);
      case Cut cut -> touch(cut.whole(), nowNanos);
      case Later<?> later -> {}
    }
  }

  /** Lets go of what the next edition does not share; once, of one that was kept. */
  void release(Optional<Edition> next) {
    fragments.release(ownBytes);
    close(next);
  }

  /** Keeps nothing packed that the next edition does not share. */
  void close(Optional<Edition> next) {
    var shared = new IdentityHashMap<Chunk, Boolean>();
    next.ifPresent(edition -> edition.chunks.forEach(chunk -> shared.put(chunk, true)));
    for (var chunk : chunks) {
      if (!shared.containsKey(chunk)) {
        chunk.release(fragments);
      }
    }
  }

  private static boolean endsChunk(Piece piece) {
    return piece instanceof Fragment && (System.identityHashCode(piece) & END_MASK) == 0;
  }

  private static Chunk chunk(List<Piece> pieces, IdentityHashMap<Piece, Chunk> earlier) {
    var same = earlier.get(pieces.getFirst());
    return same != null && same.same(pieces) ? same : new Chunk(pieces);
  }

  private static IdentityHashMap<Piece, Chunk> byFirstPiece(Edition edition) {
    var found = new IdentityHashMap<Piece, Chunk>();
    for (var chunk : edition.chunks) {
      found.put(chunk.pieces().getFirst(), chunk);
    }
    return found;
  }
}
