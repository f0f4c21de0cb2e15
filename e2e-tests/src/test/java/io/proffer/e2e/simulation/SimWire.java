package io.proffer.e2e.simulation;

import com.google.protobuf.ByteString;
import io.proffer.agent.masterlink.Masters;
import io.proffer.agent.masterlink.Wire;
import io.proffer.api.http.Header;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** An agent's requests to masters, over the simulated network. */
final class SimWire implements Wire {
  private static final Map<String, String> HEADERS =
      Map.of("Content-Type", "application/x-protobuf", "Accept", "application/x-protobuf");

  private final SimNetwork network;
  private final SimProcess process;

  SimWire(SimNetwork network, SimProcess process) {
    this.network = network;
    this.process = process;
  }

  @Override
  public void run(Runnable work) {
    process.run(work);
  }

  @Override
  public Runnable after(Duration delay, Runnable work) {
    return process.after(delay, work);
  }

  @Override
  public <T> void aside(Callable<T> work, Consumer<T> done, Consumer<Throwable> failed) {
    T result;
    try {
      result = work.call();
    } catch (Exception e) {
      process.run(() -> failed.accept(e));
      return;
    }
    process.run(() -> done.accept(result));
  }

  @Override
  public void post(
      Masters.Address to,
      String path,
      byte[] body,
      Consumer<Answer> answered,
      Consumer<Throwable> failed) {
    var request = new SimNetwork.Request(path, HEADERS, ByteString.copyFrom(body), true);
    network.send(process, to.host(), request, new Whole(answered, failed));
  }

  @Override
  public Stream open(Masters.Address to, String path, byte[] body, Reader reader) {
    var stream = new Open(reader);
    var request = new SimNetwork.Request(path, HEADERS, ByteString.copyFrom(body), false);
    stream.reset = network.send(process, to.host(), request, stream);
    return stream;
  }

  @Override
  public void close() {}

  /** Gathers an answer to its end. */
  private static class Whole implements SimNetwork.Reader {
    private final Consumer<Answer> answered;
    private final Consumer<Throwable> failed;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int status;

    Whole(Consumer<Answer> answered, Consumer<Throwable> failed) {
      this.answered = answered;
      this.failed = failed;
    }

    @Override
    public void head(int status, List<Header> headers) {
      this.status = status;
    }

    @Override
    public void piece(byte[] bytes) {
      body.writeBytes(bytes);
    }

    @Override
    public void ended() {
      answered.accept(new Answer(status, body.toString(StandardCharsets.UTF_8)));
    }

    @Override
    public void failed(String why) {
      failed.accept(new IllegalStateException(why));
    }
  }

  private static Optional<String> location(List<Header> headers) {
    return headers.stream()
        .filter(header -> header.name().equals("Location"))
        .map(Header::value)
        .findFirst();
  }

  /** Passes a stream on as it comes, unless it is paused. */
  private static final class Open implements SimNetwork.Reader, Stream {
    private final Reader reader;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private Runnable reset = () -> {};
    private SimNetwork.Reader now = this;
    private boolean opened;
    private boolean paused;

    Open(Reader reader) {
      this.reader = reader;
    }

    @Override
    public void head(int status, List<Header> headers) {
      if (status == 200) {
        opened = true;
        reader.opened();
      } else {
        now =
            new Whole(
                answer -> reader.refused(answer, location(headers)), cause -> reader.failed(cause));
        now.head(status, headers);
      }
    }

    @Override
    public void piece(byte[] bytes) {
      if (opened) {
        pass(() -> reader.bytes(bytes));
      } else {
        now.piece(bytes);
      }
    }

    @Override
    public void ended() {
      if (opened) {
        pass(reader::ended);
      } else {
        now.ended();
      }
    }

    @Override
    public void failed(String why) {
      pass(() -> reader.failed(new IllegalStateException(why)));
    }

    @Override
    public void pause() {
      paused = true;
    }

    @Override
    public void resume() {
      paused = false;
      while (!paused && !waiting.isEmpty()) {
        waiting.poll().run();
      }
    }

    @Override
    public void reset() {
      waiting.clear();
      reset.run();
    }

    private void pass(Runnable word) {
      if (paused) {
        waiting.add(word);
      } else {
        word.run();
      }
    }
  }
}
