package io.proffer.agent.monitor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** The units in which the kernel counts. */
record SystemUnits(long ticksPerSecond, long pageBytes) {
  private static final long PAGE_SIZE = 6;
  private static final long CLOCK_TICKS = 17;

  /** What nearly every machine has. */
  private static final SystemUnits USUAL = new SystemUnits(100, 4096);

  /** As the kernel told this process when it started (the auxiliary vector). */
  static SystemUnits ofThisMachine(Path proc) {
    try {
      return of(ByteBuffer.wrap(Files.readAllBytes(proc.resolve("self/auxv"))));
    } catch (IOException unreadable) {
      return USUAL;
    }
  }

  static SystemUnits of(ByteBuffer auxiliary) {
    var vector = auxiliary.order(ByteOrder.nativeOrder());
    var ticks = USUAL.ticksPerSecond;
    var page = USUAL.pageBytes;
    while (vector.remaining() >= 2 * Long.BYTES) {
      var type = vector.getLong();
      var value = vector.getLong();
      if (type == PAGE_SIZE) {
        page = value;
      } else if (type == CLOCK_TICKS) {
        ticks = value;
      }
    }
    return new SystemUnits(ticks, page);
  }
}
