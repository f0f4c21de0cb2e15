package io.proffer.api.http;

import io.netty.handler.flush.FlushConsolidationHandler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;

/**
 * Lets what is written to one connection in one go leave in one call of the system. Vert.x flushes
 * each record of a stream by itself, which is most of what a busy stream costs.
 */
final class Flushes {
  /** Writes that may wait for the end of the turn of the event loop. */
  private static final int MOST = 256;

  private Flushes() {}

  /** Looks after one connection. */
  static void gather(HttpConnection connection) {
    if (connection instanceof HttpServerConnection server) {
      server
          .channelHandlerContext()
          .pipeline()
          .addFirst("flushes", new FlushConsolidationHandler(MOST, true));
    }
  }
}
