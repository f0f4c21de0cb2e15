package io.proffer.master.core.state;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.kernel.Undo;
import io.proffer.kernel.table.Table;
import io.proffer.master.core.fact.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Long work that goes on in later turns. */
public final class Works {
  /** Owner of all work that no stream has to wait for. */
  private static final String TICKS = "";

  private final Undo undo;
  private final Table<Long, Work> waiting;
  private final Index<String, Long> byStream;
  private long nextId;

  Works(Undo undo) {
    this.undo = undo;
    waiting = new Table<>(undo);
    byStream = new Index<>(undo);
  }

  /** The id of the next work. */
  public long nextId() {
    return nextId;
  }

  /** What remains of this work. */
  public Optional<Work> find(long id) {
    return waiting.find(id);
  }

  /** The oldest work that a tick goes on with. */
  public Optional<Long> first() {
    var ids = byStream.view(TICKS);
    return ids.isEmpty() ? Optional.empty() : Optional.of(ids.first());
  }

  /** The answers this stream waits for, the current one first; a copy. */
  public List<Long> answers(String streamId) {
    return byStream.of(streamId);
  }

  /**
   * Whether work on this agent waits. One that was lost may not come back before: its tasks have
   * not all left the books, or an ACCEPT would go on with resources that belong to it no more.
   */
  public boolean concerns(AgentId agent) {
    return anyOnTicks(
        work ->
            switch (work) {
              case Work.ClearAgent w -> w.agent().equals(agent);
              case Work.Accept w -> w.agent().equals(agent);
              case Work.ClearFramework _,
                  Work.ClearUnreachable _,
                  Work.PruneAgents _,
                  Work.RefuseAccept _,
                  Work.RescindOffers _,
                  Work.MakeInverseOffers _,
                  Work.Answer _ ->
                  false;
            });
  }

  /** How the agent was lost, if its tasks have not all left the books. */
  public Optional<Work.ClearAgent.Loss> losing(AgentId agent) {
    for (var id : byStream.view(TICKS)) {
      if (waiting.find(id).orElseThrow() instanceof Work.ClearAgent work
          && work.agent().equals(agent)) {
        return Optional.of(work.loss());
      }
    }
    return Optional.empty();
  }

  /** Whether work for this framework waits; one that was removed may not come back before. */
  boolean concerns(FrameworkId framework) {
    return anyOnTicks(
        work ->
            switch (work) {
              case Work.ClearFramework w -> w.framework().equals(framework);
              case Work.Accept w -> w.framework().equals(framework);
              case Work.RefuseAccept w -> w.framework().equals(framework);
              case Work.ClearAgent _,
                  Work.ClearUnreachable _,
                  Work.PruneAgents _,
                  Work.RescindOffers _,
                  Work.MakeInverseOffers _,
                  Work.Answer _ ->
                  false;
            });
  }

  private boolean anyOnTicks(Predicate<Work> wanted) {
    for (var id : byStream.view(TICKS)) {
      if (wanted.test(waiting.find(id).orElseThrow())) {
        return true;
      }
    }
    return false;
  }

  /** The ACCEPTs of this framework that go on, the oldest first. */
  public List<Work.Accept> accepts(FrameworkId framework) {
    var accepts = new ArrayList<Work.Accept>();
    for (var id : byStream.view(TICKS)) {
      if (waiting.find(id).orElseThrow() instanceof Work.Accept accept
          && accept.framework().equals(framework)) {
        accepts.add(accept);
      }
    }
    return accepts;
  }

  /** How many ACCEPTs of this framework go on, those of invalid offers included. */
  public int countAccepts(FrameworkId framework) {
    int count = 0;
    for (var id : byStream.view(TICKS)) {
      boolean counts =
          switch (waiting.find(id).orElseThrow()) {
            case Work.Accept w -> w.framework().equals(framework);
            case Work.RefuseAccept w -> w.framework().equals(framework);
            case Work.ClearAgent _,
                Work.ClearUnreachable _,
                Work.PruneAgents _,
                Work.ClearFramework _,
                Work.RescindOffers _,
                Work.MakeInverseOffers _,
                Work.Answer _ ->
                false;
          };
      count += counts ? 1 : 0;
    }
    return count;
  }

  void begin(long id, Work work) {
    long before = nextId;
    nextId = id + 1;
    undo.record(() -> nextId = before);
    waiting.put(id, work);
    byStream.add(owner(work), id);
  }

  void advance(long id, Work rest) {
    waiting.put(id, rest);
  }

  void end(long id) {
    waiting.find(id).ifPresent(work -> byStream.remove(owner(work), id));
    waiting.remove(id);
  }

  private static String owner(Work work) {
    return work instanceof Work.Answer answer ? answer.streamId() : TICKS;
  }
}
