package io.proffer.api.http;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;

/**
 * Answers HTTP/1.0 requests with an HTTP/1.1 status line, as the reference does. Vert.x repeats the
 * version of the request and has no option for it, hence the handler beneath it.
 *
 * <p>A client of that version knows no chunks: an answer without length goes to it as it is, and
 * ends with the connection, even when the client would keep it.
 */
final class AnswerVersion extends ChannelOutboundHandlerAdapter {
  private boolean endsConnection;

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
      if (HttpUtil.isTransferEncodingChunked(response)) {
        response.headers().remove(HttpHeaderNames.TRANSFER_ENCODING);
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        endsConnection = true;
      }
    }
    if (endsConnection && message instanceof LastHttpContent) {
      context.write(message, promise.unvoid()).addListener(ChannelFutureListener.CLOSE);
    } else {
      var _ = context.write(message, promise);
    }
  }
}
