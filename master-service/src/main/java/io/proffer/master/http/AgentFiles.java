package io.proffer.master.http;

import io.proffer.api.acl.Action;
import io.proffer.api.acl.Rights;
import io.proffer.api.auth.Authorizer;
import io.proffer.api.files.RequestedPath;
import io.proffer.api.http.Answer;
import io.proffer.api.http.ClientEncryption;
import io.proffer.api.http.Exchange;
import io.proffer.api.http.Header;
import io.proffer.api.tls.TlsStore;
import io.proffer.api.tls.TlsWords;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Snapshot;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * {@code /agents/files/download}: a piece of a file of a sandbox, fetched from its agent, so that
 * who reads it needs no route to the agent. Pieces are small enough to be held whole, so a slow
 * reader costs no open stream, and the number of them under way is bounded.
 */
public final class AgentFiles implements AutoCloseable {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,18})-(\\d{0,18})");
  private static final int RETRY_SECONDS = 1;

  /** The path of an agent's own log. */
  private static final String LOG = "/slave/log";

  /** What an agent may take to say why it gives no file. */
  private static final int SENTENCE_BYTES = 4096;

  private final Vertx vertx;
  private final Snapshots snapshots;
  private final HttpClient client;
  private final Limits limits;
  private final Supplier<Optional<String>> authorization;
  private final Authorizer authorizer;
  private final Semaphore turns;
  private final boolean encrypted;

  /**
   * What reading through the master may cost.
   *
   * @param pieceBytes the most that one request is given
   * @param requests how many may be under way
   * @param timeout how long an agent may take
   */
  public record Limits(int pieceBytes, int requests, Duration timeout) {}

  /**
   * @param authorization what to show to agents; asked for each request
   * @param authorizer says whose sandboxes those who ask may read: agents only know this master
   * @param tls what to encrypt with, if the cluster does; an agent's certificate must be for the
   *     host name that it announces
   */
  public AgentFiles(
      Vertx vertx,
      Snapshots snapshots,
      Limits limits,
      Supplier<Optional<String>> authorization,
      Authorizer authorizer,
      Optional<TlsStore> tls) {
    this.vertx = vertx;
    this.authorizer = authorizer;
    this.snapshots = snapshots;
    this.limits = limits;
    this.authorization = authorization;
    this.turns = new Semaphore(limits.requests());
    this.client =
        ClientEncryption.client(
            vertx,
            new HttpClientOptions().setConnectTimeout((int) limits.timeout().toMillis()),
            tls);
    this.encrypted = tls.isPresent();
  }

  /** Which bytes of a file were asked for; all of it without a {@code Range}. */
  private record Wanted(String agent, String path, long from, long to, boolean whole) {}

  /** Answers any method. */
  public void download(Exchange exchange) {
    var agent = exchange.query("agent_id").filter(id -> !id.isEmpty());
    var path = exchange.query("path").filter(text -> !text.isEmpty());
    if (agent.isEmpty() || path.isEmpty()) {
      exchange.answer(Answer.text(400, "Expecting 'agent_id=value' and 'path=value' in the query"));
      return;
    }
    if (RequestedPath.isTooLong(path.get())) {
      exchange.answer(Answer.text(404, ""));
      return;
    }
    var wanted = wanted(agent.get(), path.get(), exchange.header("Range"));
    if (wanted.isEmpty()) {
      exchange.answer(
          Answer.text(
              400, "Expecting a 'Range' header like bytes=FROM-TO or bytes=FROM-, or none"));
      return;
    }
    if (!turns.tryAcquire()) {
      exchange.answer(
          Answer.unavailable(
              "%d files of agents are being read through this master (--agent_file_requests): try again later"
                  .formatted(limits.requests()),
              RETRY_SECONDS));
      return;
    }
    var rights = authorizer.rights(exchange.principal());
    snapshots.read(
        new Snapshots.Reader(
            snapshot -> judge(exchange, snapshot, wanted.get(), rights),
            refused -> done(exchange, refused),
            failed -> {
              turns.release();
              exchange.fail(failed);
            }));
  }

  private Optional<Wanted> wanted(String agent, String path, Optional<String> range) {
    if (range.isEmpty()) {
      return Optional.of(new Wanted(agent, path, 0, limits.pieceBytes() - 1, true));
    }
    var form = RANGE.matcher(range.get());
    if (!form.matches()) {
      return Optional.empty();
    }
    var from = Long.parseLong(form.group(1));
    var to = form.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(form.group(2));
    if (to < from) {
      return Optional.empty();
    }
    // A server may give less of a range than was asked for; the answer says how much it is.
    return Optional.of(
        new Wanted(agent, path, from, Math.min(to, from + limits.pieceBytes() - 1), false));
  }

  private void judge(Exchange exchange, Snapshot snapshot, Wanted wanted, Rights rights) {
    if (RequestedPath.withoutSlashes(wanted.path()).equals(LOG)) {
      // It is nobody's sandbox, and who may read all of those may not yet read this.
      if (rights.allow(Action.ACCESS_MESOS_LOG)) {
        ask(exchange, snapshot, wanted);
      } else {
        done(exchange, Answer.bare(403));
      }
      return;
    }
    if (rights.on(Action.ACCESS_SANDBOX).isUnlimited()) {
      ask(exchange, snapshot, wanted);
      return;
    }
    // It may have to look through all tasks, which is nothing for the thread of the core.
    exchange.onWorker(
        () -> {
          boolean allowed;
          try {
            allowed = SandboxRights.allow(rights, snapshot, wanted.path());
          } catch (RuntimeException | Error e) {
            turns.release();
            throw e;
          }
          if (allowed) {
            ask(exchange, snapshot, wanted);
          } else {
            done(exchange, Answer.bare(403));
          }
        });
  }

  private void ask(Exchange exchange, Snapshot snapshot, Wanted wanted) {
    var agent = find(snapshot, wanted.agent());
    if (agent.isEmpty()) {
      done(
          exchange,
          Answer.text(404, "No agent with id '" + wanted.agent() + "' is registered here"));
      return;
    }
    // On an event loop: on another thread the answer may be over before anybody reads it.
    vertx.runOnContext(
        ignored -> {
          try {
            ask(exchange, agent.get(), wanted);
          } catch (RuntimeException e) {
            turns.release();
            exchange.fail(e);
          }
        });
  }

  private void ask(Exchange exchange, Agent agent, Wanted wanted) {
    var name = agent.ip() + ":" + agent.info().getPort();
    client
        .request(options(agent, wanted))
        .compose(
            request -> {
              // What goes wrong comes with the future, too.
              request.exceptionHandler(told -> {});
              return request.send();
            })
        .compose(response -> answer(response, wanted, name))
        .recover(
            cause ->
                Future.succeededFuture(
                    Answer.text(
                        502,
                        "Agent %s at %s did not answer: %s. Does it run, and can this master reach it?"
                            .formatted(
                                wanted.agent(),
                                name,
                                TlsWords.ofServer(cause).orElse(cause.getMessage())))))
        .onSuccess(answer -> done(exchange, answer));
  }

  private RequestOptions options(Agent agent, Wanted wanted) {
    var path = URLEncoder.encode(wanted.path(), StandardCharsets.UTF_8);
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setHost(agent.ip())
            .setPort(agent.info().getPort())
            .setURI("/files/download?path=" + path)
            .putHeader("Range", "bytes=" + wanted.from() + "-" + wanted.to())
            .setTimeout(limits.timeout().toMillis());
    if (encrypted) {
      // Reached by its address, known by its name.
      options
          .setServer(SocketAddress.inetSocketAddress(agent.info().getPort(), agent.ip()))
          .setHost(agent.info().getHostname());
    }
    authorization.get().ifPresent(shown -> options.putHeader("Authorization", shown));
    return options;
  }

  private Future<Answer> answer(HttpClientResponse response, Wanted wanted, String name) {
    var length = Optional.ofNullable(response.getHeader("Content-Length")).map(Long::valueOf);
    if (length.isEmpty() || length.get() > Math.max(limits.pieceBytes(), SENTENCE_BYTES)) {
      response.exceptionHandler(given -> {});
      response.request().reset();
      return Future.succeededFuture(
          Answer.text(
              502,
              "Agent %s at %s sent another part of the file than it was asked for"
                  .formatted(wanted.agent(), name)));
    }
    var range = Optional.ofNullable(response.getHeader("Content-Range"));
    var id = Optional.ofNullable(response.getHeader(Header.FILE_ID));
    return response
        .body()
        .map(body -> worded(response.statusCode(), range, body, wanted, name))
        .map(answer -> id.map(known -> answer.with(Header.FILE_ID, known)).orElse(answer));
  }

  private Answer worded(
      int status, Optional<String> range, Buffer body, Wanted wanted, String name) {
    return switch (status) {
      case 206 -> wanted.whole() ? whole(range.orElse(""), body) : piece(range.orElse(""), body);
      // Nothing is the whole of an empty file.
      case 416 ->
          wanted.whole()
              ? file(200, body)
              : Answer.empty(416).with("Content-Range", range.orElse(""));
      case 400, 403, 404 -> Answer.text(status, body.toString());
      case 401 ->
          Answer.text(
              502,
              "Agent %s at %s does not let this master in (401): give the master --agent_http_credential=FILE, with a principal and a secret that the agent knows"
                  .formatted(wanted.agent(), name));
      default ->
          Answer.text(
              502, "Agent %s at %s answered %d: %s".formatted(wanted.agent(), name, status, body));
    };
  }

  private Answer whole(String range, Buffer body) {
    var size = range.substring(range.indexOf('/') + 1);
    return size.equals(Integer.toString(body.length()))
        ? file(200, body)
        : Answer.text(
            400,
            "The file has %s bytes: ask for at most %d at once with a 'Range' header (--agent_file_piece)"
                .formatted(size, limits.pieceBytes()));
  }

  private static Answer piece(String range, Buffer body) {
    return file(206, body).with("Content-Range", range);
  }

  private static Answer file(int status, Buffer body) {
    return Answer.of(status, "application/octet-stream", body.getBytes());
  }

  private static Optional<Agent> find(Snapshot snapshot, String id) {
    for (var agent : snapshot.agents()) {
      if (agent.id().value().equals(id)) {
        return Optional.of(agent);
      }
    }
    return Optional.empty();
  }

  private void done(Exchange exchange, Answer answer) {
    turns.release();
    exchange.answer(answer);
  }

  @Override
  public void close() {
    client.close();
  }
}
