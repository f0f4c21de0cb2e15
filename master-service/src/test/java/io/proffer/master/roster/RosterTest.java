package io.proffer.master.roster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a master makes of the clocks of others. */
class RosterTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final String OTHER = "10.0.0.2:5050";

  private final Logger log = (Logger) LoggerFactory.getLogger("io.proffer.master");
  private final Level level = log.getLevel();
  private final List<String> said = new ArrayList<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          said.add(event.getFormattedMessage());
        }
      };

  private final Roster roster =
      new Roster(
          () -> card("own", "10.0.0.1:5050", seconds(NOW)),
          new Presence.Clocks(() -> 0, () -> NOW, Duration.ofMinutes(1)));

  @BeforeEach
  void listen() {
    appender.start();
    log.setLevel(Level.INFO);
    log.addAppender(appender);
  }

  @AfterEach
  void stop() {
    log.detachAppender(appender);
    log.setLevel(level);
  }

  private static double seconds(Instant time) {
    return time.toEpochMilli() / 1000.0;
  }

  private static Card card(String process, String address, double now) {
    return new Card(process, address, "host", "0", 1, now, true);
  }

  /** The other master, as it was heard over the wire. */
  private void hear(double now) {
    roster.hear(Card.read(card("other", OTHER, now).text()).orElseThrow());
  }

  private Roster.Member other() {
    return roster.members().stream()
        .filter(it -> it.card().address().equals(OTHER))
        .findFirst()
        .orElseThrow();
  }

  private void look(int times) {
    for (var i = 0; i < times; i++) {
      roster.lookAtClocks();
    }
  }

  @Test
  void aClockThatIsMinutesOffIsToldOnceAndAgainWhenItIsMended() {
    hear(seconds(NOW.minusSeconds(150)));
    look(10);
    assertEquals(Duration.ofSeconds(-150), other().ahead());
    var warning = other().warning().orElseThrow();
    assertTrue(
        warning.startsWith(
            "The clock of the master at 10.0.0.2:5050 is 150 seconds behind this one's"),
        warning);
    assertEquals(List.of(warning), said);

    hear(seconds(NOW.plusSeconds(1)));
    look(10);
    assertEquals(Duration.ofSeconds(1), other().ahead());
    assertEquals(Optional.empty(), other().warning());
    assertEquals(2, said.size());

    hear(seconds(NOW.plusSeconds(60)));
    look(10);
    assertEquals(3, said.size());
    assertTrue(said.getLast().contains("60 seconds ahead of"), said.getLast());
  }

  /** As the first thing that one hears which was stopped itself for minutes. */
  @Test
  void whatIsLateOnceIsNotTold() {
    for (var late = 200; late >= 0; late -= 100) {
      hear(seconds(NOW.minusSeconds(late)));
      look(1);
    }
    look(10);
    assertEquals(List.of(), said);
  }

  @Test
  void aVersionThatDoesNotSayItsTimeIsNotJudged() {
    hear(0);
    look(10);
    assertEquals(Optional.empty(), other().warning());
    assertEquals(List.of(), said);
  }
}
