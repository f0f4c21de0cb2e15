package io.proffer.master.core.allocator;

import io.proffer.api.id.FrameworkId;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.scheduler.OfferConstraints;
import io.proffer.master.core.fact.Capabilities;
import io.proffer.master.core.fact.Framework;
import java.util.LinkedHashMap;
import java.util.Map;

/** A framework as the allocator knows it: what it can take, and its place in each of its roles. */
final class FrameworkNode {
  private static final Capabilities NO_CAPABILITIES =
      Capabilities.of(FrameworkInfo.getDefaultInstance());

  private final FrameworkId id;
  private final Map<String, Client> clients = new LinkedHashMap<>();
  private Capabilities capabilities = NO_CAPABILITIES;
  private OfferConstraints rawConstraints = OfferConstraints.getDefaultInstance();
  private CompiledConstraints constraints = CompiledConstraints.none();
  private Map<String, io.proffer.api.v1.OfferFilters> offerFilters =
      FrameworkInfo.getDefaultInstance().getOfferFiltersMap();
  private boolean connected;

  FrameworkNode(FrameworkId id) {
    this.id = id;
  }

  FrameworkId id() {
    return id;
  }

  /** By role; also roles it has left while it holds something under them. */
  Map<String, Client> clients() {
    return clients;
  }

  Capabilities capabilities() {
    return capabilities;
  }

  CompiledConstraints constraints() {
    return constraints;
  }

  boolean connected() {
    return connected;
  }

  void setConnected(boolean value) {
    connected = value;
  }

  /** What it asks for this role instead of what the operator set, or null. */
  MinAllocatable minAllocatable(String role) {
    var filters = offerFilters.get(role);
    return filters == null || !filters.hasMinAllocatableResources()
        ? null
        : MinAllocatable.of(filters.getMinAllocatableResources());
  }

  /** Takes over what a row says. True if it may now get what it could not get before. */
  boolean update(Framework row) {
    boolean same =
        capabilities.equals(row.capabilities())
            && rawConstraints.equals(row.constraints())
            && offerFilters.equals(row.info().getOfferFiltersMap());
    capabilities = row.capabilities();
    offerFilters = row.info().getOfferFiltersMap();
    if (!rawConstraints.equals(row.constraints())) {
      rawConstraints = row.constraints();
      constraints = CompiledConstraints.checked(rawConstraints);
      clients.values().forEach(Client::forgetVerdicts);
    }
    return !same;
  }
}
