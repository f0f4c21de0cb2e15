package io.proffer.master.core.allocator;

import io.proffer.api.id.AgentId;
import io.proffer.api.resource.Element;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.AgentInfo;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Drain;
import io.proffer.master.core.fact.Orders;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** An agent as the allocator knows it. */
final class AgentEntry {
  private final AgentId id;
  private final long hash;
  private final AgentNumbers numbers;
  private AgentInfo info = AgentInfo.getDefaultInstance();
  private int number;
  private AgentTraits traits = AgentTraits.NONE;
  private Resources total = Resources.empty();
  private DrawnPieces drawnPieces;
  private Resources used = Resources.empty();
  private Resources available = Resources.empty();
  private Resources rest = Resources.empty();
  private boolean connected;
  private Orders orders = Orders.NONE;
  private boolean listed = true;
  private boolean removed;
  private Resources sharedOffered = Resources.empty();
  private long sharedOfferedInRun = -1;

  /** Whoever is offered or uses something of it. */
  final Set<Client> holders = new LinkedHashSet<>();

  /** What was refused of it; kept by {@link OfferFilters}. */
  final RefusalTable refusals = new RefusalTable();

  /** How many active clients refused all of the rest, or more; kept by {@link OfferFilters}. */
  int muteClients;

  /**
   * Else they must be counted before anybody asks how many they are: the rest is another than when
   * they were. That waits for a visit, since the rest may change many times until then.
   */
  boolean muteClientsKnown = true;

  /**
   * In which lists it waits for a visit, if these are not taken by now; kept by {@link Waiting}.
   */
  long waitsSoonIn;

  long waitsLaterIn;

  /** Its place among the visits of a stage, and that stage; kept by {@link Visits}. */
  long rank;

  long drawnInStage = -1;

  /** The last run that looks at every client on it. */
  long examineAllInRun = -1;

  AgentEntry(AgentId id, AgentNumbers numbers) {
    this.id = id;
    this.numbers = numbers;
    this.hash = KeyedHash.of(id.value());
    renumber();
  }

  AgentId id() {
    return id;
  }

  long hash() {
    return hash;
  }

  AgentInfo info() {
    return info;
  }

  /** Of what it says of itself now; see {@link AgentNumbers}. */
  int number() {
    return number;
  }

  AgentNumbers numbers() {
    return numbers;
  }

  void renumber() {
    number = numbers.give();
  }

  AgentTraits traits() {
    return traits;
  }

  Resources total() {
    return total;
  }

  /** Of its total; few agents are ever asked. */
  DrawnPieces drawnPieces() {
    if (drawnPieces == null) {
      drawnPieces = DrawnPieces.of(this, total);
    }
    return drawnPieces;
  }

  /** Whether it may be offered. */
  boolean active() {
    return inService() && listed && !removed;
  }

  /** Whether it is there, and operators let it be offered. */
  boolean inService() {
    return connected && !orders.deactivated();
  }

  /** What puts it out of service, for people; one thing or several. */
  List<String> outOfService() {
    var words = new ArrayList<String>();
    if (!connected) {
      words.add("disconnected");
    }
    if (orders.deactivated()) {
      words.add(orders.drain().map(AgentEntry::word).orElse("deactivated"));
    }
    return words;
  }

  private static String word(Drain drain) {
    return drain.done() ? "drained" : "draining";
  }

  /** Whether its host is one of those that are offered. */
  boolean listed() {
    return listed;
  }

  void disconnect() {
    connected = false;
  }

  /** Takes over what operators ordered. True when it may be offered now, and might not before. */
  boolean order(Orders ordered) {
    boolean before = active();
    orders = ordered;
    return active() && !before;
  }

  /** Whether its host is one of those that are offered. True when it may be now, and might not. */
  boolean list(boolean isListed) {
    boolean before = active();
    listed = isListed;
    return active() && !before;
  }

  boolean removed() {
    return removed;
  }

  void remove() {
    removed = true;
  }

  /** Takes over what a row says. */
  void update(Agent row, AllocatorSettings settings) {
    if (!row.info().equals(info)) {
      info = row.info();
      renumber();
    }
    connected = row.session().isPresent();
    orders = row.orders();
    // No framework ever sees the ephemeral ports.
    var visible = row.total().filter(element -> !element.name().equals("ephemeral_ports"));
    // The same object as long as nothing changed: refusals of all of it are told by it.
    if (!visible.equals(total)) {
      total = visible;
      drawnPieces = null;
      setRest(total);
    }
    traits = AgentTraits.of(row, total, settings);
    available = left();
  }

  /** Something of it is offered or used now; without allocation. */
  void take(Resources resources) {
    used = used.plus(resources.nonShared());
    available = left();
  }

  /** Something of it is free again; without allocation. */
  void giveBack(Resources resources) {
    used = used.minus(resources.nonShared());
    available = left();
  }

  private Resources left() {
    if (used.isEmpty()) {
      return total;
    }
    var left = total.minus(used);
    return left.equals(rest) ? rest : left;
  }

  /**
   * What of it was left when somebody last refused all that was left: one object for all who refuse
   * the same, so that their refusals are small, and are counted. Often it is the total, or what
   * running tasks leave of it.
   */
  Resources rest() {
    return rest;
  }

  private void setRest(Resources now) {
    rest = now;
    muteClients = 0;
    muteClientsKnown = refusals.isEmpty();
  }

  /** What is available now is what is refused from now on. */
  void setRest() {
    setRest(available);
  }

  /** Whether nothing is available but of the rest, so that who refused the rest gets nothing. */
  @SuppressWarnings("ReferenceEquality")
  boolean isWithinRest() {
    return rest == available || rest == total || rest.contains(available);
  }

  /** Neither offered nor used; shared volumes always. In the order of the total. */
  Resources available() {
    return available;
  }

  /** What of the available this client could be given in this run. */
  Resources availableTo(Client client, long run) {
    var all = available();
    if (traits.plain()) {
      return all;
    }
    return all.filter(element -> mayHave(client, element, run));
  }

  private boolean mayHave(Client client, Element element, long run) {
    var kind = element.kind();
    var capabilities = client.framework().capabilities();
    return kind.isAllocatableTo(client.role().name())
        && (!kind.revocable() || capabilities.revocableResources())
        && (!kind.isRefined() || capabilities.reservationRefinement())
        && (!kind.shared() || (capabilities.sharedResources() && !wasOffered(element, run)));
  }

  /**
   * A shared volume is offered once in a run, whoever gets it. Returns whether there is one among
   * these.
   */
  boolean noteSharedOffered(Resources resources, long run) {
    if (traits.plain()) {
      return false;
    }
    var shared = resources.shared();
    var before = sharedOfferedInRun == run ? sharedOffered : Resources.empty();
    sharedOffered = before.plus(shared);
    sharedOfferedInRun = run;
    return !shared.isEmpty();
  }

  private boolean wasOffered(Element element, long run) {
    if (sharedOfferedInRun != run) {
      return false;
    }
    for (var offered : sharedOffered) {
      if (offered.kind().equals(element.kind()) && offered.amount().equals(element.amount())) {
        return true;
      }
    }
    return false;
  }
}
