package io.proffer.master.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.http.RecordStream;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which streams may begin, and which end. */
class OperatorStreamsTest {
  private final OperatorStreams streams =
      new OperatorStreams(
          Duration.ofSeconds(15), "run", new OperatorStreams.Limits(8, Long.MAX_VALUE, 4, 1));

  /** What was asked of the stream. */
  private final List<String> asked = new ArrayList<>();

  private final RecordStream stream =
      (RecordStream)
          Proxy.newProxyInstance(
              RecordStream.class.getClassLoader(),
              new Class<?>[] {RecordStream.class},
              (self, method, arguments) -> {
                asked.add(method.getName());
                return null;
              });

  /** Nothing would ever be told in it, and whoever reads it would not look for the new leader. */
  @Test
  void aStreamThatComesAfterTheEndIsCut() {
    streams.endAll();
    streams.admit(stream);
    assertEquals(List.of("onClose", "giveWay"), asked);
  }

  @Test
  void aStreamThatIsStillToldWhatThereIsAtTheEndIsCut() {
    streams.admit(stream);
    assertEquals(List.of("onClose"), asked);
    streams.endAll();
    assertEquals(List.of("onClose", "giveWay"), asked);
  }
}
