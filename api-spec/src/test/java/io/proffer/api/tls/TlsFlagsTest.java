package io.proffer.api.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.flags.Flags;
import io.proffer.api.flags.WrongFlagException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class TlsFlagsTest {
  @TempDir static Path directory;

  @BeforeAll
  static void issue() {
    var authority = new TestAuthority("authority");
    authority.write(directory);
    authority.issue(directory, "node", TestAuthority.here());
    authority.issue(directory, "other", TestAuthority.here());
  }

  @Command
  private static final class Service {
    @Mixin private TlsFlags tls = new TlsFlags();
  }

  private static TlsFlags flags(Map<String, String> environment, String... arguments) {
    var service = new Service();
    new Flags(environment).service("master", service).parseArgs(arguments);
    return service.tls;
  }

  private static String[] pair(String name, String... more) {
    return Stream.concat(
            Stream.of(
                "--ssl_cert_file=" + directory.resolve(name + ".pem"),
                "--ssl_key_file=" + directory.resolve(name + ".key")),
            Stream.of(more))
        .toArray(String[]::new);
  }

  private static String subject(TlsFlags flags) {
    return flags
        .store()
        .orElseThrow()
        .material()
        .chain()
        .getFirst()
        .getSubjectX500Principal()
        .getName();
  }

  @Test
  void aCertificateTurnsItOnAndAFlagMayTurnItOff() {
    assertTrue(flags(Map.of()).store().isEmpty());
    assertEquals("CN=node", subject(flags(Map.of(), pair("node"))));
    assertEquals("CN=node", subject(flags(Map.of(), pair("node", "--ssl_enabled"))));
    assertTrue(flags(Map.of(), pair("node", "--ssl_enabled=false")).store().isEmpty());
    assertTrue(flags(Map.of(), pair("node", "--no-ssl_enabled")).store().isEmpty());
  }

  @Test
  void zooKeeperIsSpokenToWithTheFilesThatThereAre() {
    assertEquals(List.of(), flags(Map.of()).stores(false).all());
    var both = flags(Map.of(), pair("node")).stores(true);
    assertEquals(both.services(), both.zooKeeper());
    assertEquals(1, both.all().size());

    var apart = flags(Map.of(), pair("node", "--ssl_enabled=false")).stores(true);
    assertTrue(apart.services().isEmpty());
    assertEquals(1, apart.zooKeeper().orElseThrow().material().chain().size());

    var bare = flags(Map.of()).stores(true);
    assertTrue(bare.services().isEmpty());
    assertEquals(List.of(), bare.zooKeeper().orElseThrow().material().chain());

    var half =
        flags(Map.of(), "--ssl_cert_file=" + directory.resolve("node.pem"), "--ssl_enabled=false");
    assertThrows(WrongFlagException.class, () -> half.stores(true));
  }

  @Test
  void filesThatAreForZooKeeperAloneAreShown() {
    var flags = flags(Map.of(), pair("node", "--ssl_enabled=false"));
    assertEquals(Map.of(), flags.shown(false));
    var shown = flags.shown(true);
    assertEquals("false", shown.get("ssl_enabled"));
    assertEquals(directory.resolve("node.pem").toString(), shown.get("ssl_cert_file"));
    assertEquals("true", flags(Map.of(), pair("node")).shown(true).get("ssl_enabled"));
  }

  @Test
  void filesThatAreForZooKeeperAloneAreNotWarnedOfAsIfThereWereClients() {
    new TestAuthority("old").issueExpired(directory, "old", TestAuthority.here());
    var careless = pair("old", "--ssl_verify_server_cert=false", "--ssl_enabled=false");
    var alone = flags(Map.of(), careless).stores(true).zooKeeper().orElseThrow();
    var warnings = alone.warnings(Instant.now());
    assertEquals(1, warnings.size(), warnings::toString);
    assertTrue(warnings.getFirst().contains("ZooKeeper will not accept it"), warnings::toString);

    var both = flags(Map.of(), pair("old", "--ssl_verify_server_cert=false")).stores(true);
    var all = both.zooKeeper().orElseThrow().warnings(Instant.now());
    assertEquals(2, all.size(), all::toString);
    assertTrue(all.getFirst().contains("clients will not connect"), all::toString);
  }

  @Test
  void theVariablesOfTheReferenceMeanTheSameAndComeLast() {
    var environment =
        Map.of(
            "LIBPROCESS_SSL_ENABLED", "1",
            "LIBPROCESS_SSL_CERT_FILE", directory.resolve("node.pem").toString(),
            "LIBPROCESS_SSL_KEY_FILE", directory.resolve("node.key").toString(),
            "LIBPROCESS_SSL_CA_FILE", directory.resolve("authority.pem").toString(),
            "LIBPROCESS_SSL_VERIFY_CERT", "false",
            "LIBPROCESS_SSL_REQUIRE_CERT", "true",
            "LIBPROCESS_SSL_ENABLE_TLS_V1_2", "0");
    var settings = flags(environment).store().orElseThrow().material().settings();
    assertEquals(directory.resolve("authority.pem"), settings.authorities().orElseThrow());
    assertFalse(settings.verifyServer());
    assertTrue(settings.requireClient());
    assertEquals(List.of("TLSv1.3"), settings.protocols());

    assertEquals("CN=other", subject(flags(environment, pair("other"))));
    var own =
        Map.of(
            "LIBPROCESS_SSL_CERT_FILE", directory.resolve("node.pem").toString(),
            "PROFFER_SSL_CERT_FILE", directory.resolve("other.pem").toString(),
            "PROFFER_SSL_KEY_FILE", directory.resolve("other.key").toString());
    assertEquals("CN=other", subject(flags(own)));
    assertTrue(flags(Map.of("LIBPROCESS_PORT", "5051")).store().isEmpty(), "no other variable");
  }

  @Test
  void aFileOfTheReferenceMayBeAUrl() {
    var environment =
        Map.of(
            "LIBPROCESS_SSL_CERT_FILE", "file://" + directory.resolve("node.pem"),
            "LIBPROCESS_SSL_KEY_FILE", "file://" + directory.resolve("node.key"));
    assertEquals("CN=node", subject(flags(environment)));
  }

  @Test
  void halvesAreRefused() {
    refuses("--ssl_enabled", "Expected --ssl_cert_file=FILE and", "--ssl_enabled");
    refuses("--ssl_cert_file", "Expected --ssl_key_file=FILE", pair("node")[0]);
    refuses("--ssl_key_file", "Expected --ssl_cert_file=FILE", pair("node")[1]);
    refuses("--ssl_require_client_cert", "Expected --ssl_cert_file", "--ssl_require_client_cert");
    refuses(
        "--ssl_require_client_cert",
        "Expected --ssl_ca_file=FILE beside it",
        pair("node", "--ssl_require_client_cert"));
    refuses(
        "--ssl_enable_tls_v1_2",
        "neither TLS 1.2 nor 1.3",
        pair("node", "--no-ssl_enable_tls_v1_2", "--no-ssl_enable_tls_v1_3"));
  }

  private static void refuses(String flag, String why, String... arguments) {
    var flags = flags(Map.of(), arguments);
    var wrong = assertThrows(WrongFlagException.class, flags::store);
    assertEquals(flag, wrong.flag());
    assertTrue(wrong.getMessage().contains(why), wrong.getMessage());
  }

  @Test
  void downgradeIsTakenWithASentence() {
    assertEquals(List.of(), flags(Map.of(), pair("node")).warnings());
    var warnings = flags(Map.of("LIBPROCESS_SSL_SUPPORT_DOWNGRADE", "true")).warnings();
    assertTrue(warnings.getFirst().contains("this port speaks TLS alone"), warnings::toString);
  }
}
