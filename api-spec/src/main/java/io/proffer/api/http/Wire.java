package io.proffer.api.http;

import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.Http1xServerConnection;
import java.util.Optional;

/**
 * What Vert.x does not tell or do for an answer: whether its reader takes bytes in the middle of a
 * large record, and an end that does not wait for a reader who does not read. Event loop only.
 *
 * <p>Over HTTP/2 other answers share the connection: its bytes tell nothing of this one, and only
 * this one may be broken off.
 */
final class Wire {
  private final HttpServerRequest request;
  private final Optional<ChannelHandlerContext> own;
  private long taken;

  Wire(HttpServerRequest request) {
    this.request = request;
    this.own =
        request.connection() instanceof Http1xServerConnection server
            ? Optional.of(server.channelHandlerContext())
            : Optional.empty();
  }

  /** Whether the connection carries other requests at the same time. */
  static boolean isShared(HttpServerRequest request) {
    return request.version() == HttpVersion.HTTP_2;
  }

  /** Ends an answer in the middle, so that its reader sees that something is missing. */
  static void breakOff(HttpServerRequest request) {
    if (isShared(request)) {
      var _ = request.response().reset();
    } else {
      var _ = request.connection().close();
    }
  }

  /**
   * True when a part of what leaves now has left since this was last asked. That more waits is no
   * progress, and what has left whole is told by Vert.x.
   */
  boolean moved() {
    var buffer = own.map(open -> open.channel().unsafe().outboundBuffer());
    if (buffer.isEmpty()) {
      return false;
    }
    var now = buffer.get().currentProgress();
    var moved = now != taken;
    taken = now;
    return moved;
  }

  /**
   * Ends the answer now, and a connection of its own with it; what waits for the reader is lost.
   */
  void cut() {
    if (own.isPresent()) {
      // Not of the channel: that would pass through Vert.x, which first waits for the reader.
      var _ = own.get().close();
    } else {
      breakOff(request);
    }
  }
}
