package io.proffer.e2e.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import io.proffer.api.v1.master.Call;
import io.proffer.api.v1.master.Response;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/** The rulings on one thing, and questions what is in force, one after the other. */
final class Docket<V> {
  private final World world;
  private final SimCaller caller;
  private final Pledge<V> pledge;
  private boolean busy;

  Docket(World world, SimCaller caller, Pledge<V> pledge) {
    this.world = world;
    this.caller = caller;
    this.pledge = pledge;
  }

  /** Whether there is no answer to wait for. */
  boolean isIdle() {
    return !busy;
  }

  Pledge<V> pledge() {
    return pledge;
  }

  /**
   * Gives an order.
   *
   * @param taken what follows when it is known to be in force
   * @param refused what follows when a master will not have it, with its words
   */
  void order(Ruling<V> ruling, Runnable taken, Consumer<String> refused) {
    busy = true;
    pledge.ordered(ruling);
    caller.call(
        ruling.call(),
        new SimCaller.Hearer() {
          @Override
          public void answered(int status, byte[] body) {
            busy = false;
            switch (status) {
              // 409: taken, and the agent is away.
              case 200, 202, 409 -> {
                pledge.taken();
                taken.run();
              }
              case 307 -> pledge.dropped();
              case 503 -> pledge.lost();
              case 400 -> {
                var why = new String(body, UTF_8);
                pledge.refused(why);
                refused.accept(why);
              }
              default -> throw world.broken("%s got %d".formatted(ruling, status));
            }
          }

          @Override
          public void lost() {
            busy = false;
            pledge.lost();
          }
        });
  }

  /**
   * Asks what is in force.
   *
   * @param agrees whether an answer says that this is
   * @param answered what follows when there was one
   */
  void ask(Call.Type read, BiPredicate<Response, V> agrees, Runnable answered) {
    busy = true;
    caller.call(
        Call.newBuilder().setType(read).build(),
        new SimCaller.Hearer() {
          @Override
          public void answered(int status, byte[] body) {
            busy = false;
            if (status == 200) {
              var response = decoded(read, body);
              pledge.shown(
                  "an operator was shown " + response.toString().replaceAll("\\s+", " "),
                  now -> agrees.test(response, now));
              answered.run();
            }
          }

          @Override
          public void lost() {
            busy = false;
          }
        });
  }

  private Response decoded(Call.Type read, byte[] body) {
    try {
      return Response.parseFrom(body);
    } catch (InvalidProtocolBufferException e) {
      throw world.broken("no answer to " + read, e);
    }
  }
}
