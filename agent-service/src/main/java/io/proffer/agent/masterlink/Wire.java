package io.proffer.agent.masterlink;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * What the link needs of the world: requests to masters, and time. All that it calls back, it calls
 * on one event loop. {@link VertxWire} is the real one; the simulator brings its own.
 */
public interface Wire extends AutoCloseable {
  /** Runs work on the loop, in the order asked. From any thread. */
  void run(Runnable work);

  /** Calls once, after a while; the answer gives it up. */
  Runnable after(Duration delay, Runnable work);

  /** Runs work that may block, beside the loop. */
  <T> void aside(Callable<T> work, Consumer<T> done, Consumer<Throwable> failed);

  /** Posts protobuf and reads the whole answer. */
  void post(
      Masters.Address to,
      String path,
      byte[] body,
      Consumer<Answer> answered,
      Consumer<Throwable> failed);

  /** Posts protobuf and reads an answer that may never end. */
  Stream open(Masters.Address to, String path, byte[] body, Reader reader);

  /** Lets go of every connection. */
  @Override
  void close();

  /** An answer that has ended. */
  record Answer(int status, String text) {}

  /** Who reads an answer as it comes: one of refused, failed, or opened and all that follows. */
  interface Reader {
    /** The master said 200, and the stream begins. */
    void opened();

    /** Some bytes of the stream, cut anywhere. */
    void bytes(byte[] piece);

    /** The end of the stream. */
    void ended();

    /** The master said something else. */
    void refused(Answer answer, Optional<String> location);

    /** There was no answer, or the stream broke off. */
    void failed(Throwable cause);
  }

  /** The open request. */
  interface Stream {
    /** No more bytes until {@link #resume}. */
    void pause();

    /** Bytes again. */
    void resume();

    /** Gives it up; the reader hears nothing more. */
    void reset();
  }
}
