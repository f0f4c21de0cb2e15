package io.proffer.api.tls;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a service encrypts with. Both are one where it has both.
 *
 * @param services for its port, and as a client of other services; empty where those speak HTTP
 * @param zooKeeper as a client of ZooKeeper; empty where that speaks plain TCP
 */
public record TlsStores(Optional<TlsStore> services, Optional<TlsStore> zooKeeper) {
  /** Each of them once. */
  public List<TlsStore> all() {
    return Stream.concat(services.stream(), zooKeeper.stream()).distinct().toList();
  }
}
