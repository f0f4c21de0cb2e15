package io.proffer.master.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.proffer.api.resource.Quantities;
import io.proffer.kernel.Frame;
import io.proffer.master.core.event.RoleEvent;
import io.proffer.master.core.fact.Quota;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class QuotaLogTest {
  @Test
  void limitsAreToldAsGuaranteesAre() {
    var log = (Logger) LoggerFactory.getLogger("io.proffer.master");
    var heard = new ListAppender<ILoggingEvent>();
    heard.start();
    var level = log.getLevel();
    log.setLevel(Level.INFO);
    log.addAppender(heard);
    var limits = new TreeMap<>(Map.of("cpus", 2_000L, "mem", 0L));
    var quota = new Quota("web", Quantities.parse("cpus:1"), limits);
    try {
      new FrameLog()
          .accept(new Frame<>(List.of(new RoleEvent.QuotasSet(List.of(quota))), List.of()));
    } finally {
      log.detachAppender(heard);
      log.setLevel(level);
    }

    assertEquals(
        "Quota of role web set: guarantees 'cpus:1', limits 'cpus:2; mem:0'",
        heard.list.getFirst().getFormattedMessage());
  }
}
