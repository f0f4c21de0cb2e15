package io.proffer.api.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.ReadTimeoutException;
import io.netty.util.concurrent.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.Http1xServerConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Watches what a client sends on one connection.
 *
 * <p>Where it is no HTTP, Vert.x closes the connection at once, and a client that is still sending
 * sees a reset instead of the answer. Here the answer goes out, then the end of this side, and what
 * the client still sends is thrown away for a moment.
 *
 * <p>A client that begins and does not go on is cut: before its first request, in the middle of a
 * head, in the middle of a body. Between requests a connection may rest as long as it likes, as the
 * reference's clients take its end for the end of their subscription; and nothing is cut while the
 * server owes an answer, which a stream always does.
 */
final class Intake extends ChannelDuplexHandler {
  /** How long a client may go on sending what nobody reads. */
  private static final long LAST_BYTES_MS = 3000;

  private final Http1xServerConnection connection;
  private final long patienceNanos;

  // All below are of the event loop.
  private Optional<Throwable> broken = Optional.empty();
  private Optional<Future<?>> watch = Optional.empty();
  private long heardNanos = System.nanoTime();
  private boolean waitsForHead = true;
  private boolean inBody;
  private boolean heardMessage;
  private int owed;

  private Intake(Http1xServerConnection connection, Duration patience) {
    this.connection = connection;
    this.patienceNanos = patience.toNanos();
  }

  /** Looks after one connection. */
  static void watch(HttpConnection connection, Duration patience) {
    if (connection instanceof Http1xServerConnection server) {
      var context = server.channelHandlerContext();
      context.pipeline().addBefore(context.name(), "intake", new Intake(server, patience));
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    var period = Math.max(1, patienceNanos / 4);
    watch =
        Optional.of(
            context
                .executor()
                .scheduleWithFixedDelay(
                    () -> check(context), period, period, TimeUnit.NANOSECONDS));
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    watch.ifPresent(timer -> timer.cancel(false));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpObject part) {
      heardMessage = true;
      heardNanos = System.nanoTime();
      if (part.decoderResult().isFailure()) {
        broken = Optional.of(part.decoderResult().cause());
      }
    }
    if (message instanceof HttpRequest) {
      waitsForHead = false;
      inBody = true;
      owed++;
    }
    if (message instanceof LastHttpContent) {
      inBody = false;
    }
    context.fireChannelRead(message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (!heardMessage && !inBody && !waitsForHead) {
      // Bytes, and no message: the beginning of a head.
      waitsForHead = true;
      heardNanos = System.nanoTime();
    }
    heardMessage = false;
    context.fireChannelReadComplete();
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof LastHttpContent) {
      owed--;
    }
    var _ = context.write(message, promise);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (broken.filter(known -> known == cause).isPresent()) {
      connection.handleException(cause);
      linger(context);
    } else {
      context.fireExceptionCaught(cause);
    }
  }

  private void check(ChannelHandlerContext context) {
    if (System.nanoTime() - heardNanos < patienceNanos || broken.isPresent()) {
      return;
    }
    if (inBody && owed <= 1) {
      broken = Optional.of(ReadTimeoutException.INSTANCE);
      connection.handleException(ReadTimeoutException.INSTANCE);
      linger(context);
    } else if (waitsForHead && owed == 0) {
      close(context);
    }
  }

  private static void linger(ChannelHandlerContext context) {
    var _ =
        context
            .writeAndFlush(Unpooled.EMPTY_BUFFER)
            .addListener(
                flushed -> {
                  if (context.channel() instanceof DuplexChannel channel && channel.isActive()) {
                    var _ = channel.shutdownOutput();
                  }
                });
    var _ = context.executor().schedule(() -> close(context), LAST_BYTES_MS, TimeUnit.MILLISECONDS);
  }

  private static void close(ChannelHandlerContext context) {
    var _ = context.close();
  }
}
