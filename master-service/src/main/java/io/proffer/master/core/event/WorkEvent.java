package io.proffer.master.core.event;

import io.proffer.master.core.fact.Work;

/** What is known of work that is too long for one turn. Of no concern to anyone but the core. */
public sealed interface WorkEvent extends Event {

  /** Work that will go on in later turns; ids ascend. */
  record Begun(long id, Work work) implements WorkEvent {}

  /** A slice is done; this is what remains. */
  record Advanced(long id, Work rest) implements WorkEvent {}

  /** Nothing remains. */
  record Ended(long id) implements WorkEvent {}
}
