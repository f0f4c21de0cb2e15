package io.proffer.e2e.simulation;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.proffer.api.http.Calls;
import io.proffer.api.http.Header;
import io.proffer.api.http.MediaType;
import io.proffer.api.json.JsonCodec;
import io.proffer.api.json.JsonFormatException;
import io.proffer.api.recordio.RecordFormatException;
import io.proffer.api.recordio.RecordParser;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Speaks the scheduler API, or that of executors, as bytes. */
final class SimClient<E extends Message> {
  /**
   * Who is spoken to.
   *
   * @param event what its streams bring, with nothing in it
   */
  record Api<E extends Message>(String host, String path, E event) {}

  private static final int LARGEST_RECORD = 1 << 24;

  private final SimNetwork network;
  private final SimProcess process;
  private final Api<E> api;
  private final MediaType type;
  private String host;

  SimClient(SimNetwork network, SimProcess process, Api<E> api, MediaType type) {
    this.network = network;
    this.process = process;
    this.api = api;
    this.type = type;
    this.host = api.host();
  }

  /** Whom frameworks may ask. */
  List<String> masters() {
    return network.masters();
  }

  /** From now on this one is spoken to. */
  void turnTo(String host) {
    this.host = host;
  }

  /** What a subscription brings. */
  interface Subscriber<E> {
    /** The stream has an id, as those of schedulers have. */
    default void opened(String streamId) {}

    /** Another host is to be asked. */
    default void sentTo(String host) {}

    void event(E event);

    void over(String why);
  }

  /** Subscribes; the answer gives it up. */
  Runnable subscribe(Message call, Subscriber<E> subscriber) {
    return network.send(
        process, host, request(call, Optional.empty(), false), new Events(subscriber));
  }

  /**
   * Makes a call.
   *
   * @param streamId the stream it belongs to, where streams have ids
   * @param repeatable whether it does no harm twice
   * @param answered gets status and text
   * @param lost when there was no answer
   */
  void call(
      Message call,
      Optional<String> streamId,
      boolean repeatable,
      BiConsumer<Integer, String> answered,
      Runnable lost) {
    network.send(process, host, request(call, streamId, repeatable), new Whole(answered, lost));
  }

  private SimNetwork.Request request(Message call, Optional<String> streamId, boolean repeatable) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", type.text());
    headers.put("Accept", type.text());
    streamId.ifPresent(id -> headers.put("Mesos-Stream-Id", id));
    return new SimNetwork.Request(
        api.path(), headers, ByteString.copyFrom(Calls.encode(call, type)), repeatable);
  }

  /** Of a location without scheme. */
  static String hostIn(String location) {
    return location.substring(2, location.indexOf(':'));
  }

  private static final class Whole implements SimNetwork.Reader {
    private final BiConsumer<Integer, String> answered;
    private final Runnable lost;
    private final StringBuilder text = new StringBuilder();
    private int status;

    Whole(BiConsumer<Integer, String> answered, Runnable lost) {
      this.answered = answered;
      this.lost = lost;
    }

    @Override
    public void head(int status, List<Header> headers) {
      this.status = status;
    }

    @Override
    public void piece(byte[] bytes) {
      text.append(new String(bytes, StandardCharsets.UTF_8));
    }

    @Override
    public void ended() {
      answered.accept(status, text.toString());
    }

    @Override
    public void failed(String why) {
      lost.run();
    }
  }

  private final class Events implements SimNetwork.Reader {
    private final Subscriber<E> subscriber;
    private final RecordParser parser = new RecordParser(LARGEST_RECORD);
    private final StringBuilder refusal = new StringBuilder();
    private int status;

    Events(Subscriber<E> subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public void head(int status, List<Header> headers) {
      this.status = status;
      if (status == 307) {
        headers.stream()
            .filter(header -> header.name().equals("Location"))
            .forEach(header -> subscriber.sentTo(hostIn(header.value())));
      }
      if (status == 200) {
        Consumer<Header> open = header -> subscriber.opened(header.value());
        headers.stream()
            .filter(header -> header.name().equals("Mesos-Stream-Id"))
            .findFirst()
            .ifPresent(open);
      }
    }

    @Override
    public void piece(byte[] bytes) {
      if (status != 200) {
        refusal.append(new String(bytes, StandardCharsets.UTF_8));
        return;
      }
      try {
        for (var record : parser.read(bytes)) {
          subscriber.event(event(record));
        }
      } catch (RecordFormatException e) {
        throw process.world().broken("no record", e);
      }
    }

    @Override
    public void ended() {
      subscriber.over(status == 200 ? "ended" : status + " " + refusal);
    }

    @Override
    public void failed(String why) {
      subscriber.over(why);
    }

    @SuppressWarnings("unchecked") // the parser of a message makes messages of its kind
    private E event(byte[] record) {
      try {
        return switch (type) {
          case JSON -> JsonCodec.decode(record, api.event());
          case PROTOBUF -> (E) api.event().getParserForType().parseFrom(record);
        };
      } catch (JsonFormatException | InvalidProtocolBufferException e) {
        throw process.world().broken("no event", e);
      }
    }
  }
}
