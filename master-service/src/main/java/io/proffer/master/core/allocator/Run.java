package io.proffer.master.core.allocator;

import java.util.List;

/**
 * The place of one run: which stage, which agent, which role, which client is next. Stage 1 serves
 * what guarantees miss, stage 2 shares out the rest (allocator, section 4).
 *
 * <p>It stays valid between slices, whatever happens: orders are never changed under a reader, and
 * who left is passed over.
 */
final class Run {
  private final long number;
  private final long seed;
  private final Visits visits;
  private final Orders orders;
  private final Throttle throttle;
  private final RoleWalk walk;
  private boolean guarantees;
  private boolean visiting;

  private long visitSeed;
  private Role role;
  private List<Client> clients = List.of();
  private int nextClient;

  /**
   * @param number counts runs
   * @param seed of all that is drawn in it
   * @param visits of agents, each once in a stage
   * @param guarantees whether some guarantee misses something, so that there is a stage 1
   */
  Run(long number, long seed, Visits visits, boolean guarantees, Orders orders, Throttle throttle) {
    this.number = number;
    this.seed = seed;
    this.visits = visits;
    this.orders = orders;
    this.throttle = throttle;
    walk = new RoleWalk(orders);
    this.guarantees = guarantees;
    visits.begin(stageSeed());
  }

  private long stageSeed() {
    return guarantees ? ~seed : seed;
  }

  long number() {
    return number;
  }

  long seed() {
    return seed;
  }

  /** Whether it is about what guarantees miss. */
  boolean guarantees() {
    return guarantees;
  }

  /** Whether every agent has been visited to the end, in both stages. */
  boolean done() {
    return visited() && !guarantees;
  }

  /** Whether the visits of stage 1 are over; the next ones are those of stage 2. */
  boolean atEndOfGuarantees() {
    return visited() && guarantees;
  }

  private boolean visited() {
    return visits.allDrawn() && visits.present() == null;
  }

  void beginFairShare() {
    guarantees = false;
    visits.begin(stageSeed());
  }

  /** Whether it is not yet drawn in which order agents are visited. */
  boolean atDraw() {
    return !visits.allDrawn();
  }

  /** Draws more of the order of visits, until the budget is spent. */
  void draw(Budget budget) {
    visits.draw(budget);
  }

  AgentEntry agent() {
    return visits.present();
  }

  /** Whether the visit of the present agent has yet to begin. */
  boolean atNewAgent() {
    return !visiting;
  }

  /** Begins the visit: roles are served in the order they have now. */
  void visit(Budget budget) {
    visiting = true;
    visitSeed = KeyedHash.rank(stageSeed(), agent().hash());
    walk.begin(visitSeed, stirred(), budget);
    role = null;
    clients = List.of();
    nextClient = 0;
  }

  /** Whom the visit of the present agent is about. */
  private long stirred() {
    return agent().examineAllInRun == number ? Orders.EVERYBODY : number;
  }

  void leaveAgent() {
    visits.leave();
    visiting = false;
  }

  /**
   * The next client to examine on the present agent, or null when there is none left or the budget
   * is spent. Costs a unit of the budget for some of those it passes over too.
   */
  Client next(Budget budget) {
    while (true) {
      while (nextClient < clients.size() && isToBeServed(role)) {
        var client = clients.get(nextClient++);
        if (client.isListed() && isStirred(client.stirredForRun)) {
          return client;
        }
        budget.pass();
        if (budget.spent()) {
          return null;
        }
      }
      role = walk.next(budget, this::concerns);
      if (role == null) {
        nextClient = clients.size();
        return null;
      }
      nextClient = 0;
      clients =
          isToBeServed(role) && (!role.hierarchical() || agent().traits().hierarchicalRole())
              ? orders.clients(role, visitSeed, stirred(), budget)
              : List.of();
    }
  }

  /** Whether there is nobody left to examine on the present agent. */
  boolean exhausted() {
    return walk.done() && (nextClient >= clients.size() || !isToBeServed(role));
  }

  private boolean concerns(RoleNode node) {
    return isStirred(node.stirredForRun) && !isUsedUp(node.charge());
  }

  /**
   * Whether limits would take all that is worth an offer from each client under this, so that none
   * need be examined. Where guarantees are met those who miss something are asked one by one.
   */
  private boolean isUsedUp(Charge charge) {
    if (guarantees || charge == null || !charge.usedUp() || !agent().traits().plain()) {
      return false;
    }
    throttle.note(charge);
    return true;
  }

  /** In stage 1 only as long as its guarantee misses something. */
  private boolean isToBeServed(Role any) {
    return !guarantees || any.charge().unsatisfied();
  }

  private boolean isStirred(long stirredForRun) {
    return agent().examineAllInRun == number || stirredForRun == number;
  }
}
