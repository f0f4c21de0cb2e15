package io.proffer.master.core.allocator;

import io.proffer.api.id.AgentId;
import io.proffer.api.resource.Element;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.AgentInfo;
import io.proffer.master.core.fact.Agent;
import java.util.LinkedHashSet;
import java.util.Set;

/** An agent as the allocator knows it. */
final class AgentEntry {
  private final AgentId id;
  private final long hash;
  private AgentInfo info = AgentInfo.getDefaultInstance();
  private long infoVersion;
  private AgentTraits traits = AgentTraits.NONE;
  private Resources total = Resources.empty();
  private Resources used = Resources.empty();
  private Resources available = Resources.empty();
  private boolean connected;
  private boolean deactivated;
  private boolean listed = true;
  private boolean removed;
  private Resources sharedOffered = Resources.empty();
  private long sharedOfferedInRun = -1;

  /** Whoever is offered or uses something of it. */
  final Set<Client> holders = new LinkedHashSet<>();

  /** What was refused of it; kept by {@link OfferFilters}. */
  final RefusalTable refusals = new RefusalTable();

  /** How many active clients refused all it has; kept by {@link OfferFilters}. */
  int muteClients;

  /** Its place in the present run, and whether that run looks at every client. */
  long rank;

  boolean examineAll;

  AgentEntry(AgentId id) {
    this.id = id;
    this.hash = KeyedHash.of(id.value());
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

  /** Counts the infos it had. */
  long infoVersion() {
    return infoVersion;
  }

  AgentTraits traits() {
    return traits;
  }

  Resources total() {
    return total;
  }

  /** Whether it may be offered. */
  boolean active() {
    return connected && !deactivated && listed && !removed;
  }

  /** Whether its host is one of those that are offered. */
  boolean listed() {
    return listed;
  }

  void disconnect() {
    connected = false;
  }

  /** Takes over what operators ordered. True when it may be offered now, and might not before. */
  boolean order(boolean isDeactivated) {
    boolean before = active();
    deactivated = isDeactivated;
    return active() && !before;
  }

  /** Whether its host is one of those that are offered. True when it may be now, and might not. */
  boolean list(boolean isListed) {
    boolean before = active();
    listed = isListed;
    return active() && !before;
  }

  void remove() {
    removed = true;
  }

  /** Takes over what a row says. */
  void update(Agent row, AllocatorSettings settings) {
    info = row.info();
    infoVersion++;
    connected = row.session().isPresent();
    deactivated = row.deactivated();
    // No framework ever sees the ephemeral ports.
    var visible = row.total().filter(element -> !element.name().equals("ephemeral_ports"));
    // The same object as long as nothing changed: refusals of all of it are told by it.
    total = visible.equals(total) ? total : visible;
    traits = AgentTraits.of(row, total, settings);
    available = total.minus(used);
  }

  /** Something of it is offered or used now; without allocation. */
  void take(Resources resources) {
    used = used.plus(resources.nonShared());
    available = total.minus(used);
  }

  /** Something of it is free again; without allocation. */
  void giveBack(Resources resources) {
    used = used.minus(resources.nonShared());
    available = used.isEmpty() ? total : total.minus(used);
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
