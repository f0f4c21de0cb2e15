package io.proffer.master.core.state;

import io.proffer.master.core.event.WorkEvent;

/** What work events change. */
final class WorkApplier {
  private WorkApplier() {}

  static void apply(WorkEvent event, Works works) {
    switch (event) {
      case WorkEvent.Begun(var id, var work) -> works.begin(id, work);
      case WorkEvent.Advanced(var id, var rest) -> works.advance(id, rest);
      case WorkEvent.Ended(var id) -> works.end(id);
    }
  }
}
