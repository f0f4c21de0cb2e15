package io.proffer.api.http;

import com.google.protobuf.Message;
import io.proffer.api.auth.ExecutorClaims;
import io.proffer.api.endpoint.RouteTable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * One request, its body read and unpacked, and the one answer it gets. May be answered on any
 * thread; a second answer is a bug and ignored, an answer to a client that left goes nowhere.
 */
public interface Exchange {
  /** A JSON document as it is written. */
  @FunctionalInterface
  interface JsonBody {
    /** Writes the whole document; called on a thread that may block. */
    void writeTo(java.io.OutputStream out) throws java.io.IOException;
  }

  /** A JSON document that many read, and that is kept packed for them. */
  interface PackedBody extends JsonBody {
    /** Whether it is long enough to be worth it. Called on a thread that may block, as the next. */
    boolean isLong() throws java.io.IOException;

    /** Writes the whole document as gzip does. */
    void writePacked(java.io.OutputStream out) throws java.io.IOException;
  }

  /** The verb, in capitals. */
  String method();

  /** The endpoint it reached, and the path that led there. */
  RouteTable.Match match();

  /** The query as it came, without its question mark; empty when there is none. */
  Optional<String> rawQuery();

  /** The first value of a query parameter, decoded. */
  Optional<String> query(String name);

  /** The first value of a header; names in any case. */
  Optional<String> header(String name);

  /** The address of the peer, for logs. */
  String peer();

  /** Who asks, as they have proved; empty where the realm of the endpoint is not locked. */
  Optional<String> principal();

  /**
   * Which executor asks, as its token proved when it came, whatever time has passed since; empty
   * where executors are not asked, and for all others.
   */
  default Optional<ExecutorClaims> executor() {
    return Optional.empty();
  }

  /**
   * Takes memory for the message that the body becomes, until the answer, where that is bounded.
   *
   * @param weight of the message, in bytes; asked for only where it counts
   * @return how the request is refused when there is not so much
   */
  default Optional<Answer> admit(LongSupplier weight) {
    return Optional.empty();
  }

  /** Tells what the body asks for, once it is understood: for who keeps an audit log. */
  default void decoded(Message call) {}

  /** The body, unpacked. The bytes are the exchange's: nobody may change them. */
  byte[] body();

  /**
   * Runs work that would hold up an event loop, on a thread where it may also block. Where it
   * competes for processors, whoever calls comes first.
   */
  void onWorker(Runnable work);

  /** Sends the answer. False when another one, or a stream, came first. */
  boolean answer(Answer answer);

  /** Answers 500 with an incident id that the log has too. */
  void fail(Throwable cause);

  /**
   * Sends a JSON document of any size: written on a worker, with {@code Content-Length} when it is
   * small, in chunks as the reader takes them when it is not.
   */
  void answerJson(JsonBody json);

  /**
   * The same, of a version that has a tag. A client that names it in {@code If-None-Match} has the
   * document already, and is told no more than that (304).
   *
   * @param tag an entity tag as it stands in the header; weak, as packed and plain bytes differ
   */
  void answerJson(String tag, JsonBody json);

  /** The same for a v1 answer, whose headers have the other order and which knows no jsonp. */
  void answerMessage(MediaType type, JsonBody body);

  /**
   * Sends a file as it is, from the disk to the socket, for the client to save; of a {@code Range}
   * only that part. Looks at the disk: for a worker to call. It comes opened, because a path may
   * lead elsewhere by now.
   *
   * @param name under which the client saves it
   * @param id of the file, whatever it is called by now: told as {@link Header#FILE_ID}, so that a
   *     client which reads piece after piece notices that the name has gone to another file
   * @param file closed by this, whatever becomes of the answer
   */
  void answerFile(String name, String id, FileChannel file) throws IOException;

  /**
   * Turns the answer into a stream of records. Nothing is sent before its first record, so the
   * request can still be refused with {@link #answer} until then.
   *
   * @param id what the stream is known by
   * @param headers those that stand between {@code Transfer-Encoding} and {@code Content-Type}
   */
  RecordStream stream(String id, MediaType type, List<Header> headers);
}
