package io.proffer.agent;

import io.proffer.agent.executor.Admission;
import io.proffer.agent.host.HostException;
import io.proffer.api.endpoint.AgentEndpoints;
import io.proffer.api.endpoint.Endpoint;
import io.proffer.api.endpoint.RouteTable;
import io.proffer.api.guard.Guards;
import io.proffer.api.http.Exchange;
import io.proffer.api.http.HttpLimits;
import io.proffer.api.http.HttpService;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * The unix domain socket of executors (executor-api, section 4): it serves them and nobody else.
 */
final class ExecutorSocket implements AutoCloseable {
  /** What the address of such a socket has room for on Linux, the zero at its end taken off. */
  private static final int LONGEST_PATH = 107;

  /** Whoever may run tasks on this host may reach the agent, as over TCP. */
  private static final String FOR_ALL = "rw-rw-rw-";

  private final HttpService http;

  private ExecutorSocket(HttpService http) {
    this.http = http;
  }

  /**
   * Serves on it, where the agent is to have one; one that a killed agent left is taken over.
   *
   * @param handlers of the agent, of which executors get one
   * @throws HostException with a sentence that says what to do
   */
  static Optional<ExecutorSocket> of(
      AgentConfig config,
      Vertx vertx,
      Map<Endpoint, Consumer<Exchange>> handlers,
      Guards guards,
      Admission admission) {
    var executors = handlers.get(AgentEndpoints.EXECUTOR);
    return config
        .executorSocket()
        .map(
            path ->
                listen(vertx, path, executors, guards, admission, config.tuning().httpLimits()));
  }

  private static ExecutorSocket listen(
      Vertx vertx,
      Path path,
      Consumer<Exchange> executors,
      Guards guards,
      Admission admission,
      HttpLimits limits) {
    var length = path.toString().getBytes(StandardCharsets.UTF_8).length;
    if (length > LONGEST_PATH) {
      throw new HostException(
          "--domain_socket_location=%s has %d bytes, and a socket's path may have %d: give a shorter one"
              .formatted(path, length, LONGEST_PATH));
    }
    Map<Endpoint, Consumer<Exchange>> handlers = Map.of(AgentEndpoints.EXECUTOR, executors);
    var http =
        new HttpService(
            vertx,
            new RouteTable(AgentEndpoints.PREFIX, List.of(AgentEndpoints.EXECUTOR)),
            handlers,
            guards.door(),
            admission,
            limits,
            guards.precautions());
    try {
      clear(path);
      var _ = http.listenAt(path).toCompletionStage().toCompletableFuture().get();
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(FOR_ALL));
      return new ExecutorSocket(http);
    } catch (IOException e) {
      throw failed(path, e);
    } catch (ExecutionException e) {
      throw failed(path, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HostException("Interrupted while starting", e);
    }
  }

  private static HostException failed(Path path, Throwable cause) {
    return new HostException(
        "Cannot listen on --domain_socket_location=%s: %s. Give the path of a file that does not exist, in a directory that does"
            .formatted(path, cause.getMessage()),
        cause);
  }

  /** One that a killed agent left is in the way; one where somebody listens is his. */
  private static void clear(Path path) throws IOException {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .isOther()) {
        throw new IOException("there is something else than a socket");
      }
      try (var somebody = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
        throw new IOException("somebody else listens there, at " + somebody.getRemoteAddress());
      } catch (ConnectException nobody) {
        Files.delete(path);
      }
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
