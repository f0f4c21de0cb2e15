package io.proffer.master.core.allocator;

import java.util.ArrayList;
import java.util.List;

/** Whom a run looks at among those that compete with each other; others are passed over unseen. */
final class Stirred<T extends Sharer> {
  private List<T> members = new ArrayList<>();
  private long run = -1;

  /** This run looks at it; told once of each. */
  void add(T sharer, long ofRun) {
    if (run != ofRun) {
      run = ofRun;
      members = new ArrayList<>();
    }
    members.add(sharer);
  }

  /** Those this run looks at that are listed now, in no order that means anything. */
  List<T> listed(long ofRun) {
    var listed = new ArrayList<T>();
    if (run == ofRun) {
      for (var sharer : members) {
        if (sharer.isListed()) {
          listed.add(sharer);
        }
      }
    }
    return listed;
  }
}
