package io.proffer.agent.masterlink;

import com.google.protobuf.InvalidProtocolBufferException;
import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.effect.ToMaster;
import io.proffer.api.internal.Subscribe;
import io.proffer.api.internal.ToAgent;
import io.proffer.api.recordio.RecordFormatException;
import io.proffer.api.recordio.RecordParser;
import io.proffer.api.tls.TlsWords;
import io.proffer.api.zookeeper.Leader;
import io.vertx.core.http.HttpClosedException;
import java.time.Duration;
import java.util.Optional;

/**
 * One session with one master, from the subscription to its end. Of one event loop.
 *
 * <pre>
 *   open --> asking --200--> reading --Registered--> open both ways
 *              | 307: ask another        |                  |
 *              '--------- anything wrong: end(why), once ---'
 * </pre>
 */
final class Session {
  private static final String SUBSCRIBE = "/api/internal/agent/subscribe";
  private static final int MAX_REDIRECTS = 5;

  private final Wire wire;
  private final MasterLink.Limits limits;
  private final String id;
  private final Inlet inlet;
  private final Watch watch;

  private Optional<Wire.Stream> stream = Optional.empty();
  private Optional<Uplink> uplink = Optional.empty();
  private Masters.Address master;
  private Optional<String> leader = Optional.empty();
  private RecordParser parser;
  private long epoch;
  private long sequence;
  private boolean over;

  Session(Wire wire, MasterLink.Limits limits, String id, Inlet inlet) {
    this.wire = wire;
    this.limits = limits;
    this.id = id;
    this.inlet = inlet;
    this.watch = new Watch(wire);
  }

  String id() {
    return id;
  }

  /** Asks this master to accept the session. */
  void open(Masters.Choice choice, Subscribe subscribe) {
    if (over) {
      return;
    }
    leader = choice.leader();
    watch.within(
        limits.registration(),
        () ->
            end(
                "the master at %s did not accept this agent within %d s"
                    .formatted(master, limits.registration().toSeconds())));
    ask(choice.address(), subscribe.toByteArray(), 0);
  }

  /** Hands a record over, or closes. */
  void send(ToMaster effect) {
    switch (effect) {
      case ToMaster.Open open -> throw new IllegalArgumentException(open.session() + " is open");
      case ToMaster.Close ignored -> close();
      case ToMaster.Update update -> uplink.ifPresent(up -> up.add(Records.update(update)));
      case ToMaster.Message message ->
          uplink.ifPresent(up -> up.addMessage(Records.message(message)));
      case ToMaster.ExecutorExited exited -> uplink.ifPresent(up -> up.add(Records.exited(exited)));
      case ToMaster.Unregister ignored -> uplink.ifPresent(up -> up.add(Records.unregister()));
    }
  }

  /** Whether it is with a leader, and that is not the leader any more. */
  boolean isOutdatedBy(Sight sight) {
    return leader.isPresent() && !leader.equals(sight.leader().map(Leader::node));
  }

  /** Calls once, when the master has taken in all that waits, or the session has ended. */
  void whenDrained(Runnable done) {
    uplink.ifPresentOrElse(up -> up.whenDrained(done), done);
  }

  /** Ends it and tells the core why. */
  void end(String why) {
    if (!over) {
      close();
      inlet.offer(new MasterCommand.Lost(id, why));
    }
  }

  /** Ends it without a word. */
  void close() {
    over = true;
    watch.stop();
    uplink.ifPresent(Uplink::close);
    stream.ifPresent(Wire.Stream::reset);
  }

  private void ask(Masters.Address address, byte[] body, int redirects) {
    master = address;
    stream = Optional.of(wire.open(address, SUBSCRIBE, body, new Answering(body, redirects)));
  }

  /** The answer to one attempt at one address. */
  private final class Answering implements Wire.Reader {
    private final byte[] body;
    private final int redirects;

    Answering(byte[] body, int redirects) {
      this.body = body;
      this.redirects = redirects;
    }

    @Override
    public void opened() {
      parser = new RecordParser(limits.maxRecordBytes());
      inlet.onRoom(() -> stream.ifPresent(Wire.Stream::resume));
    }

    @Override
    public void bytes(byte[] piece) {
      read(piece);
    }

    @Override
    public void ended() {
      end("the master at " + master + " closed the stream");
    }

    @Override
    public void refused(Wire.Answer answer, Optional<String> location) {
      if (answer.status() == 307 && location.isPresent() && redirects < MAX_REDIRECTS) {
        follow(location.get());
      } else {
        end(refusal(answer));
      }
    }

    @Override
    public void failed(Throwable cause) {
      end(
          parser == null
              ? unreachable(cause)
              : "the stream of the master at " + master + " broke off");
    }

    private void follow(String location) {
      try {
        ask(Redirects.target(location, master), body, redirects + 1);
      } catch (IllegalArgumentException e) {
        end(
            "the master at %s sent this agent to '%s', which is no address"
                .formatted(master, location));
      }
    }
  }

  private void read(byte[] piece) {
    try {
      watch.heard();
      for (var bytes : parser.read(piece)) {
        if (over) {
          return;
        }
        take(ToAgent.parseFrom(bytes));
      }
    } catch (InvalidProtocolBufferException e) {
      end("the master at " + master + " sent a record that cannot be read: " + e.getMessage());
    } catch (RecordFormatException e) {
      end("the master at %s sent no records: %s".formatted(master, e.getMessage()));
    }
  }

  private void take(ToAgent record) {
    if (!record.getSession().equals(id) || record.getSequence() != ++sequence) {
      end(
          "expected record %d of session %s, but the master at %s sent record %d of session %s"
              .formatted(sequence, id, master, record.getSequence(), record.getSession()));
      return;
    }
    if (record.hasRegistered()) {
      registered(record);
    } else if (record.getEpoch() != epoch && !record.hasShutdown()) {
      end(
          "the master at %s changed its epoch from %d to %d"
              .formatted(master, epoch, record.getEpoch()));
      return;
    }
    if (record.hasPing()) {
      uplink.ifPresent(up -> up.add(Records.pong()));
      return;
    }
    Records.command(record).ifPresent(this::tell);
  }

  private void registered(ToAgent record) {
    epoch = record.getEpoch();
    var silence = Duration.ofMillis(record.getRegistered().getPingTimeoutMs());
    watch.silence(
        silence,
        () ->
            end(
                "nothing was heard of the master at %s for %d s"
                    .formatted(master, silence.toSeconds())));
    uplink =
        Optional.of(
            new Uplink(
                wire,
                limits,
                master,
                new Uplink.Envelope(epoch, id, record.getRegistered().getAgentId()),
                this::end,
                taken -> Records.heard(taken, id).ifPresent(this::tell)));
  }

  /** Reads no further where the core has no room for it. */
  private void tell(MasterCommand command) {
    if (!inlet.offer(command)) {
      stream.ifPresent(Wire.Stream::pause);
    }
  }

  private String refusal(Wire.Answer answer) {
    return switch (answer.status()) {
      case 404, 405, 501 ->
          "what answers at %s is no Proffer master (%d): check --master"
              .formatted(master, answer.status());
      case 401 ->
          "the master at %s does not let this agent in (401): give it --credential=FILE, with a principal and a secret that the master knows"
              .formatted(master);
      default ->
          "the master at %s refused this agent (%d): %s"
              .formatted(master, answer.status(), answer.text());
    };
  }

  private String unreachable(Throwable cause) {
    return "cannot reach the master at %s (%s): check that it runs there and that --master is right"
        .formatted(master, TlsWords.ofServer(cause).orElseGet(() -> plain(cause)));
  }

  private static String plain(Throwable cause) {
    return cause instanceof HttpClosedException
        ? "it closed the connection: does only one of us speak TLS, or does it want a certificate?"
        : cause.getMessage();
  }
}
