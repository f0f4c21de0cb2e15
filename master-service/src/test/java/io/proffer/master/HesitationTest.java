package io.proffer.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.zookeeper.Nodes;
import io.proffer.api.zookeeper.NodesException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class HesitationTest {
  private record Timer(Duration delay, Runnable work) {}

  private final Deque<Timer> timers = new ArrayDeque<>();
  private final Hesitation hesitation = new Hesitation(nodes());

  private Nodes nodes() {
    return (Nodes)
        Proxy.newProxyInstance(
            Nodes.class.getClassLoader(),
            new Class<?>[] {Nodes.class},
            (self, method, arguments) -> {
              assertEquals("after", method.getName());
              timers.add(new Timer((Duration) arguments[0], (Runnable) arguments[1]));
              return (Runnable) () -> {};
            });
  }

  private static Throwable broken() {
    var cause = new NodesException(NodesException.Kind.CONNECTION, "CONNECTIONLOSS", null);
    return new IllegalStateException("it could not be read", cause);
  }

  private boolean mayContend() {
    return hesitation.over().toCompletableFuture().isDone();
  }

  @Test
  void whoHasNotFailedDoesNotWait() {
    assertTrue(mayContend());
    assertEquals(List.of(), List.copyOf(timers));
  }

  @Test
  void eachFailureInARowDoublesThePauseUpToHalfAMinute() {
    for (var seconds : List.of(1, 2, 4, 8, 16, 30, 30)) {
      hesitation.failed(broken());
      var over = hesitation.over().toCompletableFuture();
      assertEquals(Duration.ofSeconds(seconds), timers.getLast().delay());
      assertTrue(!over.isDone());
      timers.getLast().work().run();
      assertTrue(over.isDone());
      assertTrue(mayContend(), "once is enough: ZooKeeper may be asked again every half second");
    }
    hesitation.led();
    hesitation.failed(broken());
    hesitation.over();
    assertEquals(Duration.ofSeconds(1), timers.getLast().delay());
  }

  @Test
  void aConnectionThatBreaksAgainAndAgainIsExplained() {
    assertEquals("", hesitation.failed(broken()));
    var said = hesitation.failed(broken());
    assertTrue(said.contains("jute.maxbuffer"), said);
    assertEquals("", hesitation.failed(new IllegalStateException("no disk")));
  }
}
