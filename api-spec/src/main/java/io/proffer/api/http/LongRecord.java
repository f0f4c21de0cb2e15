package io.proffer.api.http;

import io.proffer.api.recordio.RecordEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A record of any size, from a thread that may block. Its length stands before it, so a large one
 * is written twice: first to be measured, then in parts, as fast as the reader takes them. It is
 * never in memory as a whole.
 */
public final class LongRecord {
  private static final int PART_BYTES = 64 * 1024;

  /** What may wait for the reader before more is made. */
  private static final int ENOUGH_BYTES = 4 * PART_BYTES;

  private LongRecord() {}

  /**
   * Writes it, and returns when all of it waits for the reader, or was taken.
   *
   * @param body writes the same bytes each time it is called
   * @throws IOException when the reader has left, or was cut because it took nothing
   */
  public static void write(RecordStream stream, Exchange.JsonBody body) throws IOException {
    var counter = new CountingOutput();
    body.writeTo(counter);
    if (counter.count() <= PART_BYTES) {
      var whole = new ByteArrayOutputStream((int) counter.count());
      body.writeTo(whole);
      stream.write(whole.toByteArray());
      return;
    }
    var parts = new Parts(stream);
    parts.write(RecordEncoder.lengthLine(counter.count()));
    body.writeTo(parts);
    parts.finish(counter.count());
  }

  private static final class Parts extends OutputStream {
    private final RecordStream stream;
    private final CompletableFuture<RecordStream.Cause> end = new CompletableFuture<>();
    private final ByteArrayOutputStream part = new ByteArrayOutputStream(PART_BYTES);
    private long written;

    Parts(RecordStream stream) {
      this.stream = stream;
      stream.onClose(end::complete);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      part.write(bytes, from, length);
      written += length;
      if (part.size() >= PART_BYTES) {
        send();
      }
    }

    /** A wrong length would make garbage of all that follows. */
    void finish(long length) throws IOException {
      send();
      var all = RecordEncoder.lengthLine(length).length + length;
      if (written != all) {
        throw new IllegalStateException(
            "A record of %d bytes with its length was written as %d".formatted(all, written));
      }
    }

    private void send() throws IOException {
      stream.writePart(part.toByteArray());
      part.reset();
      if (stream.waitingBytes() > ENOUGH_BYTES) {
        var drained = new CompletableFuture<RecordStream.Cause>();
        stream.whenDrained(() -> drained.complete(null));
        await(CompletableFuture.anyOf(drained, end));
      }
      if (end.isDone()) {
        throw new IOException("the stream ended: " + end.join());
      }
    }

    private static void await(CompletableFuture<?> news) throws IOException {
      try {
        news.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("the server stops", e);
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
