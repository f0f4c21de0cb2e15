package io.proffer.master.core.allocator;

import io.proffer.api.resource.Element;
import io.proffer.api.resource.Resources;
import java.util.Arrays;

/**
 * Cuts what a client could have of an agent down to what quota lets it have (allocator, section 4).
 *
 * <p>Only unreserved, non-revocable scalars are cut. Its arrays are used again for each cut:
 * cutting happens millions of times in a run.
 */
final class Portion {
  private final QuotaBook quotas;
  private final ClusterTotal names;
  private Element[] elements = new Element[8];
  private int[] name = new int[8];
  private int[] position = new int[8];
  private int[] order = new int[8];
  private long[] guaranteed = new long[8];
  private long[] extra = new long[8];
  private long[] rank = new long[8];
  private long[] room = new long[8];
  private int parts;
  private boolean cutByLimit;
  private boolean cutByHeadroom;
  private boolean severalOfOneName;
  private boolean drawn;

  /** Whether the last cut took something of a part. */
  private boolean[] cutNow = new boolean[8];

  /** What limits left of the parts of the last portion, headroom apart. */
  private long[] underLimits = new long[8];

  Portion(QuotaBook quotas, ClusterTotal names) {
    this.quotas = quotas;
    this.names = names;
  }

  /** Whether the limits of its role took something from the last portion. */
  boolean cutByLimit() {
    return cutByLimit;
  }

  /** Whether what must stay free for guarantees took something from the last portion. */
  boolean cutByHeadroom() {
    return cutByHeadroom;
  }

  /** Whether another run could have cut the last portion otherwise. */
  boolean wasDrawn() {
    return drawn;
  }

  /** What limits alone left of the last portion, if they took something of it; else all of it. */
  Resources underLimits(Resources all) {
    return cutByLimit ? rest(all, underLimits) : all;
  }

  /** Forgets what happened to the last portion. */
  void begin() {
    drawn = false;
    cutByLimit = false;
    cutByHeadroom = false;
  }

  boolean wasCut() {
    return cutByLimit || cutByHeadroom;
  }

  /**
   * What may be had under the quota of the role.
   *
   * @param all what the client could have without quota
   * @param guarantees whether only a client that gets something guaranteed gets anything
   * @param seed of the run: which of several disks is cut is drawn
   */
  Resources of(Resources all, Client client, AgentEntry agent, boolean guarantees, long seed) {
    var charge = client.role().charge();
    boolean headroom = quotas.anyRequired();
    if (!guarantees && !headroom && !charge.limited()) {
      return all;
    }
    take(all, agent, seed);
    if (guarantees && !takeGuaranteed(charge)) {
      return Resources.empty();
    }
    if (charge.limited()) {
      cutByLimit = cutToLimits(charge);
      System.arraycopy(extra, 0, underLimits, 0, parts);
    }
    if (headroom) {
      cutByHeadroom = cutToSurplus();
    }
    return wasCut() ? rest(all, extra) : all;
  }

  /** Lists the parts that count, in the order in which they are cut. */
  private void take(Resources all, AgentEntry agent, long seed) {
    ensure(all.size());
    if (room.length < names.names()) {
      room = new long[names.names() + 4];
    }
    parts = 0;
    severalOfOneName = false;
    int at = -1;
    for (var element : all) {
      at++;
      if (element.countsForQuota()) {
        int number = names.number(element.name());
        for (int i = 0; i < parts; i++) {
          severalOfOneName |= name[i] == number;
        }
        elements[parts] = element;
        name[parts] = number;
        position[parts] = at;
        order[parts] = parts;
        guaranteed[parts] = 0;
        extra[parts] = element.thousandths();
        parts++;
      }
    }
    if (severalOfOneName) {
      draw(agent, seed);
    }
  }

  private void ensure(int size) {
    if (elements.length < size) {
      elements = new Element[size];
      name = new int[size];
      position = new int[size];
      order = new int[size];
      guaranteed = new long[size];
      extra = new long[size];
      rank = new long[size];
      cutNow = new boolean[size];
      underLimits = new long[size];
    }
  }

  /** By kind, else always the same disk would be cut; of one kind the larger ones first. */
  private void draw(AgentEntry agent, long seed) {
    for (int i = 0; i < parts; i++) {
      rank[i] = KeyedHash.rank(seed, agent.drawnPieces().hash(elements[i].kind()));
    }
    // Few: by insertion.
    for (int i = 1; i < parts; i++) {
      int moved = order[i];
      int at = i;
      while (at > 0 && comesBefore(moved, order[at - 1])) {
        order[at] = order[at - 1];
        at--;
      }
      order[at] = moved;
    }
  }

  private boolean comesBefore(int left, int right) {
    int byRank = Long.compare(rank[left], rank[right]);
    return byRank != 0 ? byRank < 0 : extra[left] > extra[right];
  }

  /** Sets aside what the guarantee still misses. False when that is nothing. */
  private boolean takeGuaranteed(Charge charge) {
    boolean some = false;
    for (int number = 0; number < names.names(); number++) {
      room[number] = charge.missing(number);
    }
    for (int i = 0; i < parts; i++) {
      int part = order[i];
      long taken = fit(part, extra[part]);
      guaranteed[part] = taken;
      extra[part] -= taken;
      some |= taken > 0;
    }
    return some;
  }

  private boolean cutToLimits(Charge charge) {
    for (int number = 0; number < names.names(); number++) {
      room[number] = charge.room(number);
    }
    for (int part = 0; part < parts; part++) {
      if (room[name[part]] != Charge.UNLIMITED) {
        room[name[part]] = Math.max(0, room[name[part]] - guaranteed[part]);
      }
    }
    return cut();
  }

  private boolean cutToSurplus() {
    for (int number = 0; number < names.names(); number++) {
      room[number] = quotas.surplus(number);
    }
    return cut();
  }

  /** Cuts what is not guaranteed to the room there is. Whether that took anything. */
  private boolean cut() {
    boolean lost = false;
    for (int i = 0; i < parts; i++) {
      int part = order[i];
      long kept = fit(part, extra[part]);
      cutNow[part] = kept < extra[part];
      lost |= cutNow[part];
      extra[part] = kept;
    }
    drawn |= lost && severalOfOneName && couldBeCutOtherwise();
    return lost;
  }

  /**
   * Whether a name with several parts was cut, and something of it is left: where nothing is left
   * the first part of any order would not have had room either.
   */
  private boolean couldBeCutOtherwise() {
    for (int part = 0; part < parts; part++) {
      if (cutNow[part]) {
        int pieces = 0;
        long left = 0;
        for (int other = 0; other < parts; other++) {
          if (name[other] == name[part]) {
            pieces++;
            left += guaranteed[other] + extra[other];
          }
        }
        if (pieces > 1 && left > 0) {
          return true;
        }
      }
    }
    return false;
  }

  /** How much of this amount of a part goes into the room of its name, which it takes. */
  private long fit(int part, long amount) {
    long left = room[name[part]];
    if (left == Charge.UNLIMITED) {
      return amount;
    }
    boolean whole = amount <= left;
    if (!whole && !elements[part].kind().isDivisible()) {
      return 0;
    }
    long taken = whole ? amount : left;
    room[name[part]] = left - taken;
    return taken;
  }

  private Resources rest(Resources all, long[] kept) {
    var amounts = new long[all.size()];
    Arrays.fill(amounts, -1);
    for (int part = 0; part < parts; part++) {
      amounts[position[part]] = guaranteed[part] + kept[part];
    }
    return all.withScalars(amounts);
  }
}
