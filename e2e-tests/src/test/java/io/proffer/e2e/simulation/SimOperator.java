package io.proffer.e2e.simulation;

import com.google.protobuf.InvalidProtocolBufferException;
import io.proffer.api.http.MediaType;
import io.proffer.api.json.JsonCodec;
import io.proffer.api.json.JsonFormatException;
import io.proffer.api.v1.master.Call;
import io.proffer.api.v1.master.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * An operator who keeps asking the master what there is, and holds the answers against each other.
 */
final class SimOperator {
  private static final String HOST = "operator";
  private static final Duration PAUSE = Duration.ofSeconds(6);

  /** The master gives up after 30 s, and bad weather may add ten. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A few rounds, of which one will have asked for the state. */
  private static final Duration RECENT = Duration.ofSeconds(30);

  private static final List<Call.Type> READS =
      List.of(
          Call.Type.GET_STATE,
          Call.Type.GET_STATE,
          Call.Type.GET_TASKS,
          Call.Type.GET_AGENTS,
          Call.Type.GET_FRAMEWORKS);

  private final World world;
  private final SimProcess process;
  private final SplittableRandom chance;
  private final SimCaller caller;
  private final boolean alone;

  private StateCheck seen;
  private long seenAt = Long.MIN_VALUE;

  SimOperator(World world, SimNetwork network) {
    this.world = world;
    this.process = new SimProcess(world, HOST);
    this.chance = world.chance(HOST);
    this.caller = new SimCaller(network, process, chance);
    this.alone = network.masters().size() == 1;
  }

  /** Looks now and then, several times at once too: readers of one moment share a snapshot. */
  void start() {
    process.every(
        PAUSE,
        () -> {
          for (var looks = 1 + chance.nextInt(3); looks > 0; looks--) {
            look();
          }
        });
  }

  /** What the master shows that is not as it should be when nothing is under way any more. */
  List<String> openEnds(int agents, Set<String> frameworks) {
    return seenAt < world.monotonicNanos() - RECENT.toNanos()
        ? List.of("the operator has seen no state for " + RECENT)
        : seen.openEnds(agents, frameworks);
  }

  private void look() {
    var read = READS.get(chance.nextInt(READS.size()));
    var type = chance.nextBoolean() ? MediaType.JSON : MediaType.PROTOBUF;
    var call = Call.newBuilder().setType(read).build();
    var answer = new Look(read, type);
    caller.read(call, type, answer);
    process.after(PATIENCE, answer::mustBeOver);
  }

  private final class Look implements SimCaller.Hearer {
    private final Call.Type read;
    private final MediaType type;
    private boolean over;

    Look(Call.Type read, MediaType type) {
      this.read = read;
      this.type = type;
    }

    @Override
    public void answered(int status, byte[] body) {
      over = true;
      switch (status) {
        case 200 -> took(decoded(body));
        case 307, 503 -> {}
        default ->
            throw world.broken(
                "%s got %d %s".formatted(read, status, new String(body, StandardCharsets.UTF_8)));
      }
    }

    @Override
    public void lost() {
      over = true;
    }

    void mustBeOver() {
      // A master that is stopped, or cut off, answers nobody.
      if (!over && alone) {
        throw world.broken("%s was not answered within %s".formatted(read, PATIENCE));
      }
    }

    private void took(Response response) {
      if (!response.getType().name().equals(read.name())) {
        throw world.broken("%s was answered with %s".formatted(read, response.getType()));
      }
      if (read == Call.Type.GET_STATE) {
        seen = new StateCheck(world, response.getGetState());
        seenAt = world.monotonicNanos();
      }
    }

    private Response decoded(byte[] body) {
      try {
        return switch (type) {
          case JSON -> JsonCodec.decode(body, Response.getDefaultInstance());
          case PROTOBUF -> Response.parseFrom(body);
        };
      } catch (JsonFormatException | InvalidProtocolBufferException e) {
        throw world.broken("no answer to " + read, e);
      }
    }
  }
}
