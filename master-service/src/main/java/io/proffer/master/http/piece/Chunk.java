package io.proffer.master.http.piece;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Pieces that follow each other, and what deflate makes of them: packed once, for all readers. Each
 * is packed for itself, and ends at a whole byte, so packed chunks follow each other as the plain
 * ones do.
 */
final class Chunk {
  private final List<Piece> pieces;
  private final ReentrantLock lock = new ReentrantLock();
  private Packed packed;

  /** Nobody would give back its room: it is packed anew for whoever still reads. */
  private boolean released;

  /** What was packed: its bytes, without an end, and the sum and length of what went in. */
  static final class Packed {
    private final byte[] bytes;
    private final int crc;
    private final long length;

    private Packed(byte[] bytes, int crc, long length) {
      this.bytes = bytes;
      this.crc = crc;
      this.length = length;
    }

    byte[] bytes() {
      return bytes;
    }

    int crc() {
      return crc;
    }

    long length() {
      return length;
    }
  }

  Chunk(List<Piece> pieces) {
    this.pieces = List.copyOf(pieces);
  }

  List<Piece> pieces() {
    return pieces;
  }

  /** Whether the other is certainly the same. */
  boolean same(List<Piece> others) {
    if (others.size() != pieces.size()) {
      return false;
    }
    for (var i = 0; i < pieces.size(); i++) {
      if (!pieces.get(i).same(others.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Packed, and kept so while the cache has room. */
  Packed packed(Fragments fragments, int level) throws IOException {
    lock.lock();
    try {
      if (packed != null) {
        return packed;
      }
      var made = pack(level);
      if (!released && fragments.reserve(made.bytes().length)) {
        packed = made;
      }
      return made;
    } finally {
      lock.unlock();
    }
  }

  /** Gives back the room it has in the cache, and takes none any more. */
  void release(Fragments fragments) {
    lock.lock();
    try {
      released = true;
      if (packed != null) {
        fragments.release(packed.bytes().length);
        packed = null;
      }
    } finally {
      lock.unlock();
    }
  }

  private Packed pack(int level) throws IOException {
    var plain = new ByteArrayOutputStream();
    for (var piece : pieces) {
      piece.writeTo(plain);
    }
    var bytes = plain.toByteArray();
    var crc = new CRC32();
    crc.update(bytes);
    return new Packed(deflate(bytes, level), (int) crc.getValue(), bytes.length);
  }

  private static byte[] deflate(byte[] bytes, int level) {
    var out = new ByteArrayOutputStream(bytes.length / 6 + 64);
    try (var deflater = new Deflater(level, true)) {
      deflater.setInput(bytes);
      var buffer = new byte[16 * 1024];
      int made;
      do {
        made = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
        out.write(buffer, 0, made);
      } while (made == buffer.length);
    }
    return out.toByteArray();
  }
}
