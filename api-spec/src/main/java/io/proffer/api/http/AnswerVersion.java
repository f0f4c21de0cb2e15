package io.proffer.api.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;

/**
 * Answers HTTP/1.0 requests with an HTTP/1.1 status line, as the reference does. Vert.x repeats the
 * version of the request and has no option for it, hence the handler beneath it.
 */
final class AnswerVersion extends ChannelOutboundHandlerAdapter {

  /** Looks after one connection. */
  static void lift(HttpConnection connection) {
    if (connection instanceof HttpServerConnection server) {
      var context = server.channelHandlerContext();
      context.pipeline().addBefore(context.name(), "answer-version", new AnswerVersion());
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof HttpResponse response
        && HttpVersion.HTTP_1_0.equals(response.protocolVersion())) {
      response.setProtocolVersion(HttpVersion.HTTP_1_1);
    }
    var _ = context.write(message, promise);
  }
}
