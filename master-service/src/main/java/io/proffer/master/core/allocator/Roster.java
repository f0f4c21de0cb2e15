package io.proffer.master.core.allocator;

import io.proffer.api.id.FrameworkId;
import io.proffer.master.core.fact.Framework;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** All frameworks, and who of them wants offers under which role. */
final class Roster {
  private final ClusterTotal total;

  /** What is worth an offer to those who do not say. */
  private final Minimum usual;

  private final RoleTree roles;
  private final OfferFilters filters;
  private final Consumer<Client> stir;
  private final Map<FrameworkId, FrameworkNode> frameworks = new LinkedHashMap<>();

  /**
   * @param stir told of each client that may now get what it could not get before
   */
  Roster(
      AllocatorSettings settings,
      ClusterTotal total,
      RoleTree roles,
      OfferFilters filters,
      Consumer<Client> stir) {
    usual = new Minimum(settings.minAllocatable(), total);
    this.total = total;
    this.roles = roles;
    this.filters = filters;
    this.stir = stir;
  }

  /** The framework in this role, or null when it is not known there. */
  Client find(FrameworkId id, String role) {
    var framework = frameworks.get(id);
    return framework == null ? null : framework.clients().get(role);
  }

  /** The framework in this role; known from now on, if only as one that holds something. */
  Client findOrAdd(FrameworkId id, String role) {
    var framework = frameworks.computeIfAbsent(id, FrameworkNode::new);
    return framework
        .clients()
        .computeIfAbsent(role, name -> new Client(framework, roles.join(name), usual, total));
  }

  /** Takes over a row. */
  void put(Framework row) {
    var framework = frameworks.computeIfAbsent(row.id(), FrameworkNode::new);
    boolean wider = framework.update(row);
    framework.setConnected(row.connected());
    for (var role : row.roles()) {
      var client = findOrAdd(row.id(), role);
      client.setSubscribed(true);
      client.setSuppressed(row.suppressed().contains(role));
      var own = framework.minAllocatable(role);
      roles.setMinimum(client, own == null ? usual : new Minimum(own, total));
    }
    for (var client : List.copyOf(framework.clients().values())) {
      if (!row.roles().contains(client.role().name())) {
        client.setSubscribed(false);
        filters.clear(client);
      }
      if (!row.connected()) {
        filters.clear(client);
      }
      refresh(client, wider);
    }
  }

  /** Its stream ended: no offers, and what it refused is forgotten. */
  void disconnect(FrameworkId id) {
    var framework = frameworks.get(id);
    if (framework == null) {
      return;
    }
    framework.setConnected(false);
    for (var client : List.copyOf(framework.clients().values())) {
      filters.clear(client);
      refresh(client, false);
    }
  }

  void suppress(FrameworkId id, List<String> names) {
    for (var name : names) {
      var client = find(id, name);
      if (client != null) {
        client.setSuppressed(true);
        refresh(client, false);
      }
    }
  }

  void revive(FrameworkId id, List<String> names) {
    for (var name : names) {
      var client = find(id, name);
      if (client != null) {
        client.setSuppressed(false);
        filters.clear(client);
        refresh(client, true);
      }
    }
  }

  /** The framework, or null when it is not known. */
  FrameworkNode find(FrameworkId id) {
    return frameworks.get(id);
  }

  /** Everybody of this framework, active or not. */
  List<Client> clients(FrameworkId id) {
    var framework = frameworks.get(id);
    return framework == null ? List.of() : List.copyOf(framework.clients().values());
  }

  /** The framework is gone; it holds nothing any more. */
  void remove(FrameworkId id) {
    for (var client : clients(id)) {
      client.setSubscribed(false);
      refresh(client, false);
    }
    frameworks.remove(id);
  }

  /** Drops the client if it neither wants nor holds anything. */
  void tidy(Client client) {
    if (!client.subscribed() && client.holdings.isEmpty()) {
      filters.clear(client);
      var framework = client.framework();
      framework.clients().remove(client.role().name(), client);
      roles.leave(client.role());
      if (framework.clients().isEmpty() && !framework.connected()) {
        frameworks.remove(framework.id());
      }
    }
  }

  private void refresh(Client client, boolean wider) {
    boolean active = client.active();
    if (active && !client.isListed()) {
      roles.activate(client);
      filters.listed(client);
      stir.accept(client);
    } else if (active && wider) {
      stir.accept(client);
    } else if (!active && client.isListed()) {
      roles.deactivate(client);
      filters.listed(client);
    }
    tidy(client);
  }
}
