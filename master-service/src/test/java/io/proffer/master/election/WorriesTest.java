package io.proffer.master.election;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.proffer.api.v1.MasterInfo;
import io.proffer.api.zookeeper.Leader;
import io.proffer.api.zookeeper.Nodes;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is said, and when, in a time of the test's own. */
class WorriesTest {
  private static final Duration SESSION = Duration.ofSeconds(4);
  private static final String AUTHORITY = "127.0.0.1:5050";

  private final Logger log = (Logger) LoggerFactory.getLogger("io.proffer.master");
  private final ListAppender<ILoggingEvent> heard = new ListAppender<>();
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingLong(Timer::nanos));
  private long now;
  private Standing standing = new Standing.Leaderless();
  private final Worries worries = new Worries(nodes(), AUTHORITY, () -> standing);

  private record Timer(long nanos, Runnable work) {}

  @BeforeEach
  void listen() {
    heard.start();
    log.addAppender(heard);
  }

  @AfterEach
  void leave() {
    log.detachAppender(heard);
  }

  /** Of the nodes only their time. */
  private Nodes nodes() {
    return (Nodes)
        Proxy.newProxyInstance(
            Nodes.class.getClassLoader(),
            new Class<?>[] {Nodes.class},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "nanos" -> now;
                  case "sessionTimeout" -> SESSION;
                  case "after" -> after((Duration) arguments[0], (Runnable) arguments[1]);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private Runnable after(Duration delay, Runnable work) {
    var timer = new Timer(now + delay.toNanos(), work);
    timers.add(timer);
    return () -> timers.remove(timer);
  }

  private void pass(Duration time) {
    var until = now + time.toNanos();
    while (!timers.isEmpty() && timers.peek().nanos() <= until) {
      var next = timers.poll();
      now = next.nanos();
      next.work().run();
    }
    now = until;
  }

  private List<String> said() {
    var said = heard.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    heard.list.clear();
    return said;
  }

  private void says(String beginning) {
    var said = said();
    assertEquals(1, said.size(), said::toString);
    assertTrue(said.getFirst().startsWith(beginning), said::toString);
  }

  @Test
  void shortBreaksAreNotToldAndLongOnesWithTheirLength() {
    worries.connected(false);
    pass(Duration.ofSeconds(9));
    worries.connected(true);
    pass(Duration.ofSeconds(9));
    worries.connected(false);
    pass(Duration.ofSeconds(9));
    worries.connected(false);
    assertEquals(List.of(), said());
    pass(Duration.ofSeconds(1));
    says("ZooKeeper could not be reached for 10 seconds, so nobody leads as far as this master");
    pass(Duration.ofSeconds(10));
    says("ZooKeeper could not be reached for 20 seconds, so nobody leads");
    worries.connected(true);
    pass(Duration.ofMinutes(1));
    assertEquals(List.of(), said());
  }

  @Test
  void whatIsKnownOfTheLeaderIsSaid() {
    worries.connected(false);
    standing = new Standing.Following("127.0.0.1:5051");
    pass(Duration.ofSeconds(10));
    says("ZooKeeper could not be reached for 10 seconds, so whether 127.0.0.1:5051 still leads");
    standing = new Standing.Leading();
    pass(Duration.ofSeconds(10));
    says("ZooKeeper could not be reached for 20 seconds, so this master leads on only while");
  }

  @Test
  void anotherOfTheSameAddressIsToldWhenItIsNotThisProcessOfBefore() {
    var other = Optional.of(new Leader("json.info_7", MasterInfo.getDefaultInstance()));
    worries.rival(other);
    pass(SESSION);
    worries.rival(Optional.empty());
    pass(SESSION);
    assertEquals(List.of(), said());

    worries.rival(other);
    pass(SESSION);
    worries.rival(other);
    pass(SESSION);
    says(
        "Another master leads under the address 127.0.0.1:5050, which this one announces too"
            + " (json.info_7 in ZooKeeper)");
    pass(Duration.ofSeconds(10));
    says("Another master leads");
    worries.end();
    pass(Duration.ofMinutes(1));
    assertEquals(List.of(), said());
  }
}
