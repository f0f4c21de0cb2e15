package io.proffer.master.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;
import io.proffer.api.metrics.Figures;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.scheduler.Call;
import io.proffer.api.v1.scheduler.OfferConstraints;
import io.proffer.kernel.Undo;
import io.proffer.kernel.table.Table;
import io.proffer.master.core.fact.Capabilities;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.FrameworkLink;
import io.proffer.master.core.fact.Snapshot;
import io.proffer.master.core.fact.Task;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class FrameworkFiguresTest {
  /** As the reference's, which are named when it first subscribes. */
  @Test
  void theFiguresOfOneThatIsRenamedStayTogether() {
    var book = new FrameworkBook(1);
    book.put(framework("old"));
    var renamed = framework("new");
    book.put(renamed);
    book.of(renamed.id()).calls.increment(Call.Type.SUBSCRIBE);
    var figures = new Figures();

    FrameworkFigures.add(book, figures);
    FrameworkFigures.add(snapshot(renamed), book, figures);

    var told = figures.named();
    assertEquals(1.0, told.get("master/frameworks/old/f/calls/subscribe"));
    assertEquals(1.0, told.get("master/frameworks/old/f/subscribed"));
    var names = new TreeSet<String>();
    told.keySet().forEach(name -> names.add(name.split("/", -1)[2]));
    assertEquals(new TreeSet<>(List.of("old")), names);
  }

  private static Framework framework(String name) {
    var info = FrameworkInfo.newBuilder().setUser("u").setName(name).build();
    return new Framework(
        new FrameworkId("f"),
        info,
        Capabilities.of(info),
        List.of("r"),
        List.of(),
        OfferConstraints.getDefaultInstance(),
        new FrameworkLink.Connected("stream"),
        Instant.EPOCH,
        Optional.empty(),
        Resources.empty(),
        Resources.empty());
  }

  private static Snapshot snapshot(Framework framework) {
    var undo = new Undo();
    var frameworks = new Table<FrameworkId, Framework>(undo);
    frameworks.put(framework.id(), framework);
    var tasks = new Table<TaskId, Task>(undo).snapshot();
    return new Snapshot(
        0,
        0,
        null,
        null,
        null,
        frameworks.snapshot(),
        null,
        null,
        null,
        tasks,
        tasks,
        null,
        0,
        null,
        null,
        null,
        null,
        null);
  }
}
