package io.proffer.api.zookeeper;

import io.proffer.api.tls.Managers;
import io.proffer.api.tls.TlsStore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.zookeeper.server.auth.ProviderRegistry;
import org.apache.zookeeper.server.auth.X509AuthenticationProvider;

/** What a server of ZooKeeper needs for TLS: its settings are those of the whole JVM. */
final class EncryptedServer {
  private static final String PASSWORD = "of a test";
  private static final String SSL = "zookeeper.ssl.";

  private final TlsStore tls;

  EncryptedServer(TlsStore tls) {
    this.tls = tls;
  }

  ServerCnxnFactory factory(InetSocketAddress address, Path directory, int clients)
      throws IOException {
    var password = PASSWORD.toCharArray();
    settings(directory).forEach(System::setProperty);
    Files.write(directory.resolve("keys.p12"), Managers.keyStore(tls.material(), password));
    Files.write(
        directory.resolve("authorities.p12"),
        Managers.trustStore(tls.material(), password).orElseThrow());
    ProviderRegistry.reset();
    ProviderRegistry.initialize();
    var factory = ServerCnxnFactory.createFactory();
    factory.configure(address, clients, -1, true);
    return factory;
  }

  private static Map<String, String> settings(Path directory) {
    return Map.of(
        ServerCnxnFactory.ZOOKEEPER_SERVER_CNXN_FACTORY,
        "org.apache.zookeeper.server.NettyServerCnxnFactory",
        "zookeeper.authProvider.x509",
        X509AuthenticationProvider.class.getName(),
        SSL + "keyStore.location",
        directory.resolve("keys.p12").toString(),
        SSL + "keyStore.password",
        PASSWORD,
        SSL + "trustStore.location",
        directory.resolve("authorities.p12").toString(),
        SSL + "trustStore.password",
        PASSWORD,
        SSL + "enabledProtocols",
        String.join(",", List.of("TLSv1.3", "TLSv1.2")));
  }

  void forget() {
    settings(Path.of("any")).keySet().forEach(System::clearProperty);
    ProviderRegistry.reset();
  }
}
