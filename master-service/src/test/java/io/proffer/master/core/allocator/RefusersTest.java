package io.proffer.master.core.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.master.core.allocator.policy.FairPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many refused all that an agent has left: counted when somebody asks, and kept from then. */
final class RefusersTest {
  private final AllocatorSettings settings = AllocatorSettings.defaults();
  private final ClusterTotal total = new ClusterTotal(List.of());
  private final RoleTree roles =
      new RoleTree(total, new QuotaBook(total), new FairPolicy(), new FairPolicy());
  private final OfferFilters filters = new OfferFilters(16, 1000, agent -> {});
  private final AgentEntry agent = new AgentEntry(new AgentId("s"), new AgentNumbers());
  private final Client one = client("f1");
  private final Client two = client("f2");

  private Client client(String id) {
    var role = roles.join("r");
    var node = new FrameworkNode(new FrameworkId(id));
    var client = new Client(node, role, new Minimum(settings.minAllocatable(), total), total);
    roles.activate(client);
    return client;
  }

  private void refuse(Client client) {
    filters.add(client, agent, agent.available(), 1000);
  }

  @Test
  void whoTakesSomeAndRefusesTheRestMakesNobodyCount() {
    agent.update(Rows.agent("s", "cpus:4;mem:64"), settings);
    refuse(one);
    refuse(two);
    assertEquals(0, filters.count(agent));
    assertEquals(2, agent.muteClients);

    for (int i = 0; i < 3; i++) {
      agent.take(Rows.resources("cpus:1"));
      refuse(two);
    }

    // All three times at once, of both.
    assertEquals(2, filters.count(agent));
    assertEquals(2, agent.muteClients);
    assertEquals(0, filters.count(agent));
  }

  /** To count two hundred on each of ten thousand agents takes long. */
  @Test
  void anAgentThatComesBackAsItWasMakesNobodyCount() {
    agent.update(Rows.agent("s", "cpus:4;mem:64"), settings);
    refuse(one);
    agent.take(Rows.resources("cpus:1"));
    refuse(two);
    assertEquals(2, filters.count(agent));

    agent.update(Rows.agent("s", "cpus:4;mem:64"), settings);
    assertEquals(0, filters.count(agent));
    assertEquals(2, agent.muteClients);

    agent.update(Rows.agent("s", "cpus:4;mem:128"), settings);
    assertEquals(2, filters.count(agent));
    assertEquals(0, agent.muteClients);
  }

  @Test
  void whatHappensBeforeAnybodyCountsIsCounted() {
    agent.update(Rows.agent("s", "cpus:4;mem:64"), settings);
    refuse(one);
    agent.take(Rows.resources("cpus:1"));
    refuse(two);
    filters.clear(one);
    roles.deactivate(two);
    filters.listed(two);

    assertEquals(1, filters.count(agent));
    assertEquals(0, agent.muteClients);

    roles.activate(two);
    filters.listed(two);
    assertEquals(1, agent.muteClients);
  }
}
