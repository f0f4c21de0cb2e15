package io.proffer.api.http;

import java.time.Duration;

/**
 * What a server lets a client cost it.
 *
 * @param maxRequestBytes the largest request body, also after decompression
 * @param maxInternalBytes the same for what an agent sends its master, all it runs, and what an
 *     executor sends its agent, all that was not acknowledged: in one piece
 * @param requestBufferBytes all request bodies together that are being read or worked on
 * @param streamBufferBytes what may wait for the reader of one stream
 * @param stallTimeout how long a reader may take nothing while something waits for it
 * @param maxHeaderBytes the longest request line, and all headers together
 * @param requestReadTimeout how long a client may pause in the middle of a request, or before its
 *     first
 * @param http2Streams how many requests one connection may carry at once over HTTP/2 in clear text;
 *     0 for HTTP/1.1 alone, where chunks carry meaning
 * @param readerNice how far behind others the threads stand that make long answers, 0 for beside
 *     them ({@link Niceness})
 * @param callBytes memory of all messages together that bodies become, until their requests are
 *     answered; {@link #UNBOUNDED} where only the bodies count
 */
public record HttpLimits(
    long maxRequestBytes,
    long maxInternalBytes,
    long requestBufferBytes,
    long streamBufferBytes,
    Duration stallTimeout,
    int maxHeaderBytes,
    Duration requestReadTimeout,
    int http2Streams,
    int readerNice,
    long callBytes) {
  /** More than there can be. */
  public static final long UNBOUNDED = Long.MAX_VALUE;

  /** Limits of a server that speaks HTTP/1.1 alone, to all alike, and does not weigh messages. */
  public HttpLimits(
      long maxRequestBytes,
      long maxInternalBytes,
      long requestBufferBytes,
      long streamBufferBytes,
      Duration stallTimeout,
      int maxHeaderBytes,
      Duration requestReadTimeout) {
    this(
        maxRequestBytes,
        maxInternalBytes,
        requestBufferBytes,
        streamBufferBytes,
        stallTimeout,
        maxHeaderBytes,
        requestReadTimeout,
        0,
        0,
        UNBOUNDED);
  }

  /** The same, with so many requests at once on a connection. */
  public HttpLimits withHttp2(int streams) {
    return with(streams, readerNice, callBytes);
  }

  /** The same, with readers so far behind others. */
  public HttpLimits withReaderNice(int nice) {
    return with(http2Streams, nice, callBytes);
  }

  /** The same, with so much memory for messages. */
  public HttpLimits withCallBytes(long bytes) {
    return with(http2Streams, readerNice, bytes);
  }

  private HttpLimits with(int streams, int nice, long bytes) {
    return new HttpLimits(
        maxRequestBytes,
        maxInternalBytes,
        requestBufferBytes,
        streamBufferBytes,
        stallTimeout,
        maxHeaderBytes,
        requestReadTimeout,
        streams,
        nice,
        bytes);
  }

  /** The defaults of the flags. */
  public static HttpLimits defaults() {
    return new HttpLimits(
        8L << 20,
        256L << 20,
        512L << 20,
        64L << 20,
        Duration.ofSeconds(60),
        64 << 10,
        Duration.ofSeconds(60));
  }
}
