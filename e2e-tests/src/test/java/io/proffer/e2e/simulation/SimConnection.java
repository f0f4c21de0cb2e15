package io.proffer.e2e.simulation;

import io.proffer.api.http.Header;
import java.util.List;

/** One request and its answer between two processes. */
final class SimConnection {
  private final SimNetwork network;
  private final SimProcess client;
  private final String to;
  private final SimPipe up;
  private final SimPipe down;
  private final SimNetwork.Reader reader;
  private final Runnable clientDied = this::clientDied;
  private final Runnable serverDied = this::serverDied;

  /** What the serving side does when the connection is gone. */
  private Runnable onClose = () -> {};

  private boolean clientOver;
  private boolean serverOver;
  private boolean severed;

  SimConnection(SimNetwork network, SimProcess client, String to, SimNetwork.Reader reader) {
    this.network = network;
    this.client = client;
    this.to = to;
    this.reader = reader;
    this.up = new SimPipe(network, client.host(), to);
    this.down = new SimPipe(network, to, client.host());
    client.onDeath(clientDied);
    network.opened(this);
  }

  void ask(SimNetwork.Request request) {
    if (!survives()) {
      breakOff("the request was lost");
      return;
    }
    up.send(
        () -> {
          var server = network.server(to);
          if (serverOver || severed) {
            return;
          }
          if (server == null) {
            fail("connection refused");
            return;
          }
          server.onDeath(serverDied);
          onClose = () -> server.forget(serverDied);
          var exchange = new SimExchange(network, server, this, request);
          server.whenAwake(() -> network.serve(exchange));
        });
  }

  /** Whether this host opened it. */
  boolean isOf(String host) {
    return client.host().equals(host);
  }

  /** Both sides find it broken, and what was under way is lost. */
  void sever() {
    severed = true;
    breakOff("severed");
  }

  /** Adds to what the serving side does when the connection is gone. */
  void onClose(Runnable work) {
    var before = onClose;
    onClose =
        () -> {
          before.run();
          work.run();
        };
    if (serverOver) {
      work.run();
    }
  }

  void head(int status, List<Header> headers) {
    answer(0, () -> reader.head(status, headers), () -> {});
  }

  /** Sends bytes down. */
  void piece(byte[] bytes, Runnable taken) {
    answer(bytes.length, () -> reader.piece(bytes), taken);
  }

  void end() {
    answer(
        0,
        () -> {
          clientIsThrough();
          reader.ended();
        },
        () -> {});
    closedAtServer();
  }

  /** Calls when all that was sent before has arrived. */
  void whenArrived(Runnable reached) {
    down.send(reached);
  }

  /** The client gives it up. */
  void reset() {
    if (!clientOver) {
      clientIsThrough();
      up.send(this::closedAtServer);
    }
  }

  /** Both sides find it broken, each when the news gets there. */
  void breakOff(String why) {
    fail(why);
    up.send(this::closedAtServer);
  }

  private void answer(int bytes, Runnable arrival, Runnable taken) {
    if (serverOver) {
      return;
    }
    if (!survives()) {
      breakOff("the connection broke");
      return;
    }
    down.send(
        bytes,
        () -> {
          client.whenAwake(
              () -> {
                if (!clientOver && !severed) {
                  taken.run();
                  arrival.run();
                }
              });
        });
  }

  private void fail(String why) {
    down.send(
        () -> {
          if (!clientOver && client.alive()) {
            clientIsThrough();
            reader.failed(why);
          }
        });
  }

  private void clientIsThrough() {
    clientOver = true;
    network.over(this);
    client.forget(clientDied);
  }

  private void clientDied() {
    clientOver = true;
    network.over(this);
    up.send(this::closedAtServer);
  }

  private void serverDied() {
    serverOver = true;
    fail("connection reset");
  }

  private void closedAtServer() {
    if (!serverOver) {
      serverOver = true;
      onClose.run();
    }
  }

  private boolean survives() {
    return network.chance().nextDouble() >= network.weather().breakOff();
  }
}
