package io.proffer.api.http;

import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.Optional;

/**
 * What Vert.x does not tell or do for a connection: whether its reader takes bytes in the middle of
 * a large record, and an end that does not wait for a reader who does not read. Event loop only.
 */
final class Wire {
  private final HttpConnection connection;
  private final Optional<ChannelHandlerContext> context;
  private long taken;

  Wire(HttpConnection connection) {
    this.connection = connection;
    this.context =
        connection instanceof HttpServerConnection server
            ? Optional.of(server.channelHandlerContext())
            : Optional.empty();
  }

  /**
   * True when a part of what leaves now has left since this was last asked. That more waits is no
   * progress, and what has left whole is told by Vert.x.
   */
  boolean moved() {
    var buffer = context.map(open -> open.channel().unsafe().outboundBuffer());
    if (buffer.isEmpty()) {
      return false;
    }
    var now = buffer.get().currentProgress();
    var moved = now != taken;
    taken = now;
    return moved;
  }

  /** Ends the connection now; what waits for the reader is lost. */
  void cut() {
    if (context.isPresent()) {
      // Not of the channel: that would pass through Vert.x, which first waits for the reader.
      var _ = context.get().close();
    } else {
      connection.close();
    }
  }
}
