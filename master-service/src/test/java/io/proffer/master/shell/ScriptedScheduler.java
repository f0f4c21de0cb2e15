package io.proffer.master.shell;

import com.google.protobuf.InvalidProtocolBufferException;
import io.proffer.api.json.JsonCodec;
import io.proffer.api.json.JsonFormatException;
import io.proffer.api.v1.FrameworkID;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.scheduler.Call;
import io.proffer.api.v1.scheduler.Event;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** A scheduler that does what a test says, over HTTP and JSON or protobuf. */
final class ScriptedScheduler implements AutoCloseable {
  private final RunningMaster master;
  private final Stream stream;
  private final String type;
  private FrameworkID id = FrameworkID.getDefaultInstance();

  private ScriptedScheduler(RunningMaster master, Stream stream, String type) {
    this.master = master;
    this.stream = stream;
    this.type = type;
  }

  static FrameworkInfo.Builder info() {
    return FrameworkInfo.newBuilder()
        .setUser("root")
        .setName("scripted")
        .addRoles("r")
        .setFailoverTimeout(60)
        .addCapabilities(capability(FrameworkInfo.Capability.Type.MULTI_ROLE))
        .addCapabilities(capability(FrameworkInfo.Capability.Type.RESERVATION_REFINEMENT))
        .addCapabilities(capability(FrameworkInfo.Capability.Type.PARTITION_AWARE));
  }

  static FrameworkInfo.Capability capability(FrameworkInfo.Capability.Type type) {
    return FrameworkInfo.Capability.newBuilder().setType(type).build();
  }

  /** Opens a stream whose calls and events have this media type. */
  static ScriptedScheduler open(RunningMaster master, FrameworkInfo info, String type)
      throws IOException {
    var call =
        Call.newBuilder()
            .setType(Call.Type.SUBSCRIBE)
            .setSubscribe(Call.Subscribe.newBuilder().setFrameworkInfo(info));
    if (info.hasId()) {
      call.setFrameworkId(info.getId());
    }
    var stream =
        Stream.open(
            master.port(),
            "/api/v1/scheduler",
            "Content-Type: " + type + "\r\nAccept: " + type + "\r\n",
            bytes(call, type));
    return new ScriptedScheduler(master, stream, type);
  }

  /** Opens a stream and waits until the framework is subscribed. */
  static ScriptedScheduler subscribe(RunningMaster master, FrameworkInfo info) throws IOException {
    return subscribe(master, info, RunningMaster.PROTOBUF);
  }

  /** The same, in this media type. */
  static ScriptedScheduler subscribe(RunningMaster master, FrameworkInfo info, String type)
      throws IOException {
    var scheduler = open(master, info, type);
    var first = scheduler.next();
    if (first.getType() != Event.Type.SUBSCRIBED) {
      throw new IOException("not subscribed: " + first);
    }
    scheduler.id = first.getSubscribed().getFrameworkId();
    return scheduler;
  }

  Stream stream() {
    return stream;
  }

  FrameworkID id() {
    return id;
  }

  /** The next event, or null at the end. */
  Event next() throws IOException {
    var record = stream.next();
    if (record == null) {
      return null;
    }
    try {
      return type.equals(RunningMaster.JSON)
          ? JsonCodec.decode(record, Event.getDefaultInstance())
          : Event.parseFrom(record);
    } catch (JsonFormatException | InvalidProtocolBufferException e) {
      throw new IOException(new String(record, StandardCharsets.UTF_8), e);
    }
  }

  /** The next event of this type; others are let pass, but no more than two heartbeats. */
  Event next(Event.Type wanted) throws IOException {
    var beats = 0;
    while (beats < 3) {
      var event = next();
      if (event == null || event.getType() == wanted) {
        return event;
      }
      beats += event.getType() == Event.Type.HEARTBEAT ? 1 : 0;
    }
    throw new IOException("no " + wanted + " within two heartbeats");
  }

  /** Waits until it is asked to leave, and says that it will. */
  void agreeToInverseOffers() throws IOException, InterruptedException {
    var call = Call.newBuilder().setType(Call.Type.ACCEPT_INVERSE_OFFERS);
    for (var asked : next(Event.Type.INVERSE_OFFERS).getInverseOffers().getInverseOffersList()) {
      call.getAcceptInverseOffersBuilder().addInverseOfferIds(asked.getId());
    }
    var answer = call(call);
    if (answer.statusCode() != 202) {
      throw new IOException(answer.body());
    }
  }

  /** Sends a call on the stream's behalf. */
  HttpResponse<String> call(Call.Builder call) throws IOException, InterruptedException {
    return master.send(
        master
            .request("/api/v1/scheduler")
            .header("Content-Type", type)
            .header("Mesos-Stream-Id", stream.header("Mesos-Stream-Id"))
            .POST(HttpRequest.BodyPublishers.ofByteArray(bytes(call.setFrameworkId(id), type))));
  }

  private static byte[] bytes(Call.Builder call, String type) {
    return type.equals(RunningMaster.JSON)
        ? JsonCodec.encode(call.build())
        : call.build().toByteArray();
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
