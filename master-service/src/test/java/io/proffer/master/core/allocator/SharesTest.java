package io.proffer.master.core.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.master.core.fact.RoleShare;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What figures are told of roles and runs. */
final class SharesTest {
  private final TestCluster cluster = TestCluster.withDefaults();

  private Map<String, Map<String, Long>> held() {
    var held = new TreeMap<String, Map<String, Long>>();
    for (RoleShare share : cluster.allocator().shares()) {
      held.put(share.role(), share.held());
    }
    return held;
  }

  @Test
  void aRoleWithAQuotaIsToldThoughNobodyIsInIt() {
    cluster.setQuota("a", "cpus:1", "");
    cluster.setQuota("idle", "", "cpus:5;mem:64");
    cluster.add(Rows.framework("f1", "a/b"));
    cluster.add(Rows.agent("s", "cpus:4;mem:1024"));
    cluster.offers();

    var all = Map.of("cpus", 4_000L, "mem", 1_024_000L);
    assertEquals(Map.of("a", all, "a/b", all, "idle", Map.of("cpus", 0L, "mem", 0L)), held());
  }

  @Test
  void aRoleWithoutAQuotaIsToldAsLongAsSomebodyIsInIt() {
    cluster.setQuota("a", "cpus:1", "");
    cluster.setQuota("a", "", "");
    cluster.add(Rows.framework("f1", "a/b"));

    assertEquals(Map.of("a/b", Map.of("cpus", 0L)), held());
  }

  @Test
  void aRunIsCountedOnceInHoweverManySlices() {
    cluster.add(Rows.framework("f1", "r"));
    for (int i = 0; i < 10; i++) {
      cluster.add(Rows.agent("s" + i, "cpus:1;mem:64"));
    }
    assertEquals(10, cluster.offers(1).size());
    assertEquals(1, cluster.allocator().runs());

    cluster.pass(Duration.ofSeconds(2));
    cluster.add(Rows.agent("more", "cpus:1;mem:64"));
    assertEquals(1, cluster.offers(1).size());
    assertEquals(2, cluster.allocator().runs());
  }
}
