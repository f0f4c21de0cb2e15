package io.proffer.master.core.allocator;

import java.util.ArrayList;
import java.util.List;

/**
 * What was refused of one agent, by client: an open hash table of chains. A run asks it for one
 * client after the other, so it lies together in memory and costs a slot or two a client.
 */
final class RefusalTable {
  private static final Refusal[] EMPTY = new Refusal[0];

  private Refusal[] slots = EMPTY;
  private int clients;

  boolean isEmpty() {
    return clients == 0;
  }

  /** The first refusal of this client, or null; others follow by {@link Refusal#next}. */
  @SuppressWarnings("ReferenceEquality")
  Refusal first(Client client) {
    if (clients == 0) {
      return null;
    }
    int mask = slots.length - 1;
    for (int at = client.slotHash & mask; slots[at] != null; at = (at + 1) & mask) {
      if (slots[at].client == client) {
        return slots[at];
      }
    }
    return null;
  }

  void add(Refusal refusal) {
    if (3 * (clients + 1) > 2 * slots.length) {
      grow();
    }
    int at = slot(refusal.client);
    clients += slots[at] == null ? 1 : 0;
    refusal.next = slots[at];
    slots[at] = refusal;
  }

  /** It must be in the table. */
  @SuppressWarnings("ReferenceEquality")
  void remove(Refusal refusal) {
    int at = slot(refusal.client);
    if (slots[at] != refusal) {
      var before = slots[at];
      while (before.next != refusal) {
        before = before.next;
      }
      before.next = refusal.next;
    } else if (refusal.next != null) {
      slots[at] = refusal.next;
    } else {
      close(at);
      clients--;
      if (clients == 0) {
        slots = EMPTY;
      }
    }
    refusal.next = null;
  }

  /** The first of each client. */
  List<Refusal> firsts() {
    var firsts = new ArrayList<Refusal>(clients);
    for (var first : slots) {
      if (first != null) {
        firsts.add(first);
      }
    }
    return firsts;
  }

  /** The slot of this client, or the free one it would get. */
  @SuppressWarnings("ReferenceEquality")
  private int slot(Client client) {
    int mask = slots.length - 1;
    int at = client.slotHash & mask;
    while (slots[at] != null && slots[at].client != client) {
      at = (at + 1) & mask;
    }
    return at;
  }

  /** Empties a slot and moves up whoever would not be found behind the gap. */
  private void close(int gap) {
    int mask = slots.length - 1;
    slots[gap] = null;
    for (int at = (gap + 1) & mask; slots[at] != null; at = (at + 1) & mask) {
      int home = slots[at].client.slotHash & mask;
      if (((at - home) & mask) >= ((at - gap) & mask)) {
        slots[gap] = slots[at];
        slots[at] = null;
        gap = at;
      }
    }
  }

  private void grow() {
    var old = slots;
    slots = new Refusal[Math.max(4, 2 * old.length)];
    for (var chain : old) {
      if (chain != null) {
        slots[slot(chain.client)] = chain;
      }
    }
  }
}
