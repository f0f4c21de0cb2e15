package io.proffer.master.core.allocator;

import io.proffer.api.resource.Element;
import io.proffer.api.resource.Kind;
import io.proffer.api.resource.Resources;
import io.proffer.api.resource.ScalarAmount;

/**
 * By what the places of an agent's pieces of one name, as disks, are drawn when quota cuts some of
 * them: by agent and kind, else it would always be the same disk that is cut.
 */
final class DrawnPieces {
  private static final ScalarAmount ONE = new ScalarAmount(1);

  private final Kind[] kinds;
  private final long[] hashes;

  private DrawnPieces(Kind[] kinds, long[] hashes) {
    this.kinds = kinds;
    this.hashes = hashes;
  }

  /** Those of an agent with this total. */
  static DrawnPieces of(AgentEntry agent, Resources total) {
    var cut = total.filter(Element::countsForQuota);
    var kinds = new Kind[cut.size()];
    var hashes = new long[cut.size()];
    int at = 0;
    for (var element : cut) {
      kinds[at] = element.kind();
      hashes[at++] = KeyedHash.of(agent.id().value() + "|" + element.withAmount(ONE));
    }
    return new DrawnPieces(kinds, hashes);
  }

  /**
   * What the place of this one is drawn by. The same object is looked for first: two disks may be
   * equal, and mounted at different paths.
   */
  @SuppressWarnings("ReferenceEquality")
  long hash(Kind kind) {
    for (int i = 0; i < kinds.length; i++) {
      if (kinds[i] == kind) {
        return hashes[i];
      }
    }
    for (int i = 0; i < kinds.length; i++) {
      if (kinds[i].equals(kind)) {
        return hashes[i];
      }
    }
    throw new IllegalArgumentException("Expected a kind that the agent has, not " + kind);
  }
}
