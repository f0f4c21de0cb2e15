package io.proffer.e2e.simulation;

import com.google.protobuf.ByteString;
import io.proffer.api.http.Calls;
import io.proffer.api.http.Header;
import io.proffer.api.http.MediaType;
import io.proffer.api.v1.master.Call;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Speaks the operator API with whichever master leads, or with the only one there is. */
final class SimCaller {
  /** Who waits for an answer: gets it, or that there was none. */
  interface Hearer {
    void answered(int status, byte[] body);

    default void lost() {}
  }

  private final SimNetwork network;
  private final SimProcess process;
  private final SplittableRandom chance;
  private String master;

  SimCaller(SimNetwork network, SimProcess process, SplittableRandom chance) {
    this.network = network;
    this.process = process;
    this.chance = chance;
    this.master = network.masters().getFirst();
  }

  void call(Call call, Hearer hearer) {
    send(call, MediaType.PROTOBUF, false, hearer);
  }

  /** A call that changes nothing. */
  void read(Call call, MediaType type, Hearer hearer) {
    send(call, type, true, hearer);
  }

  private void send(Call call, MediaType type, boolean repeatable, Hearer hearer) {
    var request =
        new SimNetwork.Request(
            "/api/v1",
            Map.of("Content-Type", type.text(), "Accept", type.text()),
            ByteString.copyFrom(Calls.encode(call, type)),
            repeatable);
    network.send(process, master, request, new Answer(call.getType(), hearer));
  }

  private void askAnother() {
    if (network.masters().size() > 1) {
      master = network.masters().get(chance.nextInt(network.masters().size()));
    }
  }

  private final class Answer implements SimNetwork.Reader {
    private final Call.Type asked;
    private final Hearer hearer;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int status;

    Answer(Call.Type asked, Hearer hearer) {
      this.asked = asked;
      this.hearer = hearer;
    }

    @Override
    public void head(int status, List<Header> headers) {
      this.status = status;
      headers.stream()
          .filter(header -> header.name().equals("Location"))
          .forEach(header -> master = SimClient.hostIn(header.value()));
    }

    @Override
    public void piece(byte[] bytes) {
      body.writeBytes(bytes);
    }

    @Override
    public void ended() {
      var world = process.world();
      world
          .trace()
          .add(
              world.monotonicNanos(),
              process.host(),
              asked + " got " + status + ", " + body.size() + " bytes");
      if (status == 503) {
        askAnother();
      }
      hearer.answered(status, body.toByteArray());
    }

    @Override
    public void failed(String why) {
      askAnother();
      hearer.lost();
    }
  }
}
