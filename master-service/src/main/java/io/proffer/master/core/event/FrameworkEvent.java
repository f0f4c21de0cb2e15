package io.proffer.master.core.event;

import io.proffer.api.id.FrameworkId;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.master.core.fact.Framework;
import java.time.Instant;
import java.util.List;

/** What became true of frameworks. */
public sealed interface FrameworkEvent extends Event {

  /** Events the registry keeps: the framework's info under its id. */
  sealed interface Stored extends FrameworkEvent, Durable permits Added, Updated, Removed {}

  /** Subscribed for the first time (with {@code Connected}), or learned of from agents. */
  record Added(Framework framework) implements Stored {}

  /** Subscribed again, or changed its info: the row in place of the old one. */
  record Updated(Framework framework) implements Stored {}

  /** Its stream ended. Filters and offers of it end in events of their own, or before. */
  record Disconnected(FrameworkId id, Instant since) implements FrameworkEvent {}

  /** No more offers for these of its roles. */
  record Suppressed(FrameworkId id, List<String> roles) implements FrameworkEvent {}

  /** Offers again for these of its roles; their refusal filters are gone. */
  record Revived(FrameworkId id, List<String> roles) implements FrameworkEvent {}

  /**
   * Gone for good; the id never subscribes again while it is remembered. What it still holds is
   * free for others, though its tasks may still be dying: those of a big framework leave the books
   * after it.
   */
  record Removed(FrameworkId id, FrameworkInfo info, Instant at) implements Stored {}
}
