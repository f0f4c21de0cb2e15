package io.proffer.e2e.simulation;

import io.proffer.api.v1.FrameworkID;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.scheduler.Call;
import io.proffer.api.v1.scheduler.Event;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** A framework's standing with its master: an id, a stream that is opened again, and calls. */
final class SimSession {
  static final SimClient.Api<Event> API =
      new SimClient.Api<>(SimMaster.HOST, "/api/v1/scheduler", Event.getDefaultInstance());

  private static final Duration SILENCE = Duration.ofSeconds(45);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);

  /** Whose session it is. */
  interface Owner {
    void subscribed();

    /** Any event but SUBSCRIBED. */
    void heard(Event event);

    /** The stream is over; another one will be opened. */
    void over();

    /** The master took a call made in the subscription of now. */
    void taken(Call call);
  }

  private final World world;
  private final String name;
  private final FrameworkInfo info;
  private final Owner owner;
  private final SimProcess process;
  private final SimClient<Event> client;
  private final SplittableRandom chance;
  private final List<String> masters;

  /** Who leads, as a master has said; empty when nobody has. */
  private Optional<String> leader = Optional.empty();

  private String id = "";
  private String streamId = "";
  private Runnable giveUp = () -> {};

  /** Counts subscriptions; what is said of an earlier one is no news. */
  private int attempt;

  private boolean subscribed;
  private boolean closed;
  private long lastHeard;

  SimSession(SimProcess process, SimClient<Event> client, FrameworkInfo info, Owner owner) {
    this.masters = client.masters();
    this.world = process.world();
    this.name = process.host();
    this.info = info;
    this.owner = owner;
    this.process = process;
    this.client = client;
    this.chance = world.chance("session of " + name);
  }

  void start() {
    subscribe();
    process.every(
        Duration.ofSeconds(5),
        () -> {
          if (world.monotonicNanos() - lastHeard > SILENCE.toNanos()) {
            drop("silence");
          }
        });
  }

  String id() {
    return id;
  }

  boolean isSubscribed() {
    return subscribed;
  }

  /** Gives the stream up without a word, and opens another one soon. */
  void drop(String why) {
    if (closed) {
      return;
    }
    world.trace().add(world.monotonicNanos(), name, "stream over: " + why);
    attempt++;
    giveUp.run();
    giveUp = () -> {};
    subscribed = false;
    streamId = "";
    owner.over();
    var mine = attempt;
    process.after(
        chance.nextLong(LONGEST_PAUSE.toNanos()),
        () -> {
          // Else one that drops it twice in a short time would forget one of two.
          if (mine == attempt) {
            subscribe();
          }
        });
  }

  /** For good. */
  void close() {
    closed = true;
    subscribed = false;
  }

  Call.Builder call(Call.Type type) {
    return Call.newBuilder().setType(type).setFrameworkId(FrameworkID.newBuilder().setValue(id));
  }

  /**
   * Sends a call in the subscription of now, if there is one.
   *
   * @param again whether it does no harm twice: it is sent again then when there was no answer
   */
  void send(Call.Builder call, boolean again) {
    if (!streamId.isEmpty()) {
      send(call.build(), streamId, again);
    }
  }

  private void send(Call call, String stream, boolean again) {
    client.call(
        call,
        Optional.of(stream),
        again,
        (status, text) -> answered(call, stream, status, text),
        () -> {
          if (again) {
            retry(call, stream);
          }
        });
  }

  private void answered(Call call, String stream, int status, String text) {
    // One of an earlier subscription may come late, when this one has brought it back to life.
    if (!stream.equals(streamId)) {
      return;
    }
    switch (status) {
      case 200, 202 -> owner.taken(call);
      // Another may lead soon, and then this stream ends.
      case 307, 503 -> retry(call, stream);
      default -> {
        // The master may know before us that our stream is over, or have heard our TEARDOWN.
        if (!closed
            && call.getType() != Call.Type.TEARDOWN
            && !text.equals("Framework is not subscribed")
            && !text.equals("Framework cannot be found")
            && !text.startsWith("The stream ID")) {
          throw world.broken("%s got %d %s to %s".formatted(name, status, text, call));
        }
      }
    }
  }

  private void retry(Call call, String stream) {
    process.after(
        Duration.ofSeconds(1),
        () -> {
          if (stream.equals(streamId)) {
            send(call, stream, true);
          }
        });
  }

  private void subscribe() {
    if (closed) {
      return;
    }
    lastHeard = world.monotonicNanos();
    if (masters.size() > 1) {
      client.turnTo(leader.orElseGet(() -> masters.get(chance.nextInt(masters.size()))));
      leader = Optional.empty();
    }
    var call = Call.newBuilder().setType(Call.Type.SUBSCRIBE);
    var mine = info.toBuilder();
    if (!id.isEmpty()) {
      call.setFrameworkId(FrameworkID.newBuilder().setValue(id));
      mine.setId(call.getFrameworkId());
    }
    call.setSubscribe(Call.Subscribe.newBuilder().setFrameworkInfo(mine));
    giveUp = client.subscribe(call.build(), new Listening(++attempt));
  }

  private void subscribed(FrameworkID given) {
    if (!id.isEmpty() && !id.equals(given.getValue())) {
      throw world.broken("%s was %s, and is now %s".formatted(name, id, given.getValue()));
    }
    id = given.getValue();
    subscribed = true;
    owner.subscribed();
  }

  /** Hears one subscription, as long as it is the newest. */
  private final class Listening implements SimClient.Subscriber<Event> {
    private final int number;

    Listening(int number) {
      this.number = number;
    }

    @Override
    public void opened(String stream) {
      if (isNewest()) {
        streamId = stream;
      }
    }

    @Override
    public void sentTo(String host) {
      leader = Optional.of(host);
    }

    @Override
    public void event(Event event) {
      if (!isNewest()) {
        return;
      }
      world.trace().add(world.monotonicNanos(), name, event);
      lastHeard = world.monotonicNanos();
      if (event.getType() == Event.Type.SUBSCRIBED) {
        subscribed(event.getSubscribed().getFrameworkId());
      } else {
        owner.heard(event);
      }
    }

    @Override
    public void over(String why) {
      if (isNewest()) {
        drop(why);
      }
    }

    private boolean isNewest() {
      return number == attempt;
    }
  }
}
