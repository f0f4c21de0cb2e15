package io.proffer.master.http.piece;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;

/**
 * Encodes many rows on several processors. That is for who reads first: later there are few rows to
 * encode, and those on one.
 */
final class Together {
  /** Fewer are encoded before another thread has begun. */
  private static final int SHARE = 512;

  /** However many processors there are, the others have work of their own. */
  private static final int THREADS = Math.min(4, Runtime.getRuntime().availableProcessors());

  private final ThreadFactory threads;

  Together(ThreadFactory threads) {
    this.threads = threads;
  }

  /** The bytes of the rows, in order. */
  <R> List<byte[]> encode(Form<R> form, List<R> rows) {
    var shares = Math.clamp(rows.size() / SHARE, 1, THREADS);
    var others = new ArrayList<Future<List<byte[]>>>();
    for (var i = 1; i < shares; i++) {
      var share = share(rows, i, shares);
      var task = new FutureTask<>(() -> encodeAlone(form, share));
      others.add(task);
      threads.newThread(task).start();
    }
    var bytes = encodeAlone(form, share(rows, 0, shares));
    for (var other : others) {
      bytes.addAll(result(other));
    }
    return bytes;
  }

  private static <R> List<R> share(List<R> rows, int index, int of) {
    return rows.subList(rows.size() * index / of, rows.size() * (index + 1) / of);
  }

  private static <R> List<byte[]> encodeAlone(Form<R> form, List<R> rows) {
    var bytes = new ArrayList<byte[]>(rows.size());
    try (var encoder = form.encoder()) {
      for (var row : rows) {
        bytes.add(encoder.encode(row));
      }
    }
    return bytes;
  }

  private static List<byte[]> result(Future<List<byte[]>> other) {
    try {
      return other.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException("the server stops"));
    } catch (ExecutionException e) {
      throw e.getCause() instanceof UncheckedIOException cause
          ? new UncheckedIOException(cause.getCause())
          : new IllegalStateException("a row cannot be encoded", e.getCause());
    }
  }
}
