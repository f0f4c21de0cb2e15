package io.proffer.api.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.auth.UnusableFileException;
import io.proffer.api.flags.WrongFlagException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsStoreTest {
  private static Instant now;

  @TempDir static Path directory;
  private static TestAuthority authority;

  @BeforeAll
  static void issue() {
    now = Instant.now();
    authority = new TestAuthority("authority");
    authority.write(directory);
    authority.issue(directory, "node", TestAuthority.here());
    authority.issue(directory, "other", TestAuthority.here());
    TestAuthority.write(directory.resolve("text"), "nothing of use\n");
    TestAuthority.write(
        directory.resolve("torn"), "-----BEGIN CERTIFICATE-----\nA=A\n-----END CERTIFICATE-----\n");
    TestAuthority.write(
        directory.resolve("garbage"),
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    TestAuthority.write(
        directory.resolve("protected"),
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
    TestAuthority.write(
        directory.resolve("protected-of-old"),
        """
        -----BEGIN RSA PRIVATE KEY-----
        Proc-Type: 4,ENCRYPTED
        DEK-Info: AES-256-CBC,00

        AAAA
        -----END RSA PRIVATE KEY-----
        """);
    TestAuthority.write(
        directory.resolve("unknown-key"),
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
  }

  private static TlsSettings settings(String certificate, String key, String authorities) {
    return new TlsSettings(
        Optional.of(directory.resolve(certificate)),
        Optional.of(directory.resolve(key)),
        Optional.of(directory.resolve(authorities)),
        Optional.empty(),
        true,
        false,
        TlsSettings.PROTOCOLS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          absent.pem | node.key    | authority.pem | --ssl_cert_file | it cannot be read: does it exist
          node.pem   | absent.key  | authority.pem | --ssl_key_file  | it cannot be read: does it exist
          node.pem   | node.key    | absent.pem    | --ssl_ca_file   | it cannot be read: does it exist
          .          | node.key    | authority.pem | --ssl_cert_file | it cannot be read
          text       | node.key    | authority.pem | --ssl_cert_file | expected certificates in PEM
          node.key   | node.key    | authority.pem | --ssl_cert_file | expected certificates in PEM
          torn       | node.key    | authority.pem | --ssl_cert_file | expected base64 in its block 1
          garbage    | node.key    | authority.pem | --ssl_cert_file | its certificate 1 cannot be read
          node.pem   | node.pem    | authority.pem | --ssl_key_file  | expected a private key in PEM
          node.pem   | other.key   | authority.pem | --ssl_key_file  | but it is of another
          node.pem   | protected   | authority.pem | --ssl_key_file  | without a passphrase
          node.pem   | protected-of-old | authority.pem | --ssl_key_file | without a passphrase
          node.pem   | unknown-key | authority.pem | --ssl_key_file  | is none that can be read
          node.pem   | node.key    | text          | --ssl_ca_file   | expected certificates in PEM
          """)
  void whatCannotBeUsedIsToldByItsFlag(
      String certificate, String key, String authorities, String flag, String why) {
    var wrong =
        assertThrows(
            WrongFlagException.class, () -> TlsStore.open(settings(certificate, key, authorities)));
    assertEquals(flag, wrong.flag());
    assertTrue(wrong.getMessage().contains(why), wrong.getMessage());
  }

  @Test
  void whoGivesTheKeyInsteadOfItsFileDoesNotReadItInTheError() {
    var given = "-----BEGIN PRIVATE KEY----- c2VjcmV0 -----END PRIVATE KEY-----";
    var wrong =
        assertThrows(
            WrongFlagException.class,
            () -> TlsStore.open(settings("node.pem", given, "authority.pem")));
    assertFalse(wrong.getMessage().contains("c2VjcmV0"), wrong.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void keysOfEveryKindFitTheirCertificates(String algorithm) {
    var pair = TestAuthority.keys(algorithm);
    issue(algorithm, pair);
    assertEquals(1, open(algorithm).material().chain().size());
  }

  @Test
  void keysInTheirOlderFormsAreReadToo() {
    var rsa = TestAuthority.keys("RSA");
    issue("old-rsa", rsa);
    TestAuthority.write(
        directory.resolve("old-rsa.key"),
        TestAuthority.pem("RSA PRIVATE KEY", TestAuthority.inside(rsa.getPrivate())));
    open("old-rsa");

    var ec = TestAuthority.keys("EC");
    issue("old-ec", ec);
    TestAuthority.write(
        directory.resolve("old-ec.key"),
        TestAuthority.pem("EC PARAMETERS", HexFormat.of().parseHex("06082a8648ce3d030107"))
            + TestAuthority.pem("EC PRIVATE KEY", sec1(ec)));
    open("old-ec");
  }

  /** What openssl writes: the key's number, then its curve. The JDK leaves the curve outside. */
  private static byte[] sec1(KeyPair pair) {
    var number = ((ECPrivateKey) pair.getPrivate()).getS().toByteArray();
    var fixed = new byte[32];
    int taken = Math.min(fixed.length, number.length);
    System.arraycopy(number, number.length - taken, fixed, fixed.length - taken, taken);
    return TestAuthority.der(
        0x30,
        TestAuthority.join(
            TestAuthority.der(2, new byte[] {1}),
            TestAuthority.der(4, fixed),
            TestAuthority.der(0xa0, HexFormat.of().parseHex("06082a8648ce3d030107"))));
  }

  @Test
  void aCertificateThatExpiredIsTakenWithAWarningThatSaysWhen() {
    authority.issueExpired(directory, "expired", TestAuthority.here());
    var warnings = open("expired").warnings(now);
    assertEquals(1, warnings.size());
    assertTrue(
        warnings
            .getFirst()
            .startsWith(
                "The certificate of 'CN=expired' (--ssl_cert_file) expired at 2020-01-01T00:00:00Z"),
        warnings::toString);

    authority.issue(
        directory,
        "early",
        TestAuthority.here(),
        now.plus(Duration.ofDays(1)),
        now.plus(Duration.ofDays(2)));
    assertTrue(open("early").warnings(now).getFirst().contains("is good from"));
    assertEquals(List.of(), open("node").warnings(now));
  }

  /** What one is told to use who can use anything. */
  private static List<TlsMaterial> told(TlsStore store) {
    var told = new ArrayList<TlsMaterial>();
    store.onRenewal(
        material -> {
          told.add(material);
          return CompletableFuture.completedStage(material);
        });
    return told;
  }

  @Test
  void otherFilesAreUsedOnlyWhenAllOfThemAreGood() throws Exception {
    authority.issue(directory, "renewed", TestAuthority.here());
    var store = open("renewed");
    var first = store.material();
    var told = told(store);

    Files.copy(
        directory.resolve("node.pem"),
        directory.resolve("renewed.pem"),
        StandardCopyOption.REPLACE_EXISTING);
    var refused = assertThrows(UnusableFileException.class, store::read);
    assertTrue(
        refused.getMessage().startsWith("The certificates stay as they were: --ssl_key_file, of '"),
        refused.getMessage());
    assertSame(first, store.material());

    Files.copy(
        directory.resolve("node.key"),
        directory.resolve("renewed.key"),
        StandardCopyOption.REPLACE_EXISTING);
    var use = store.read();
    assertSame(first, store.material(), "reading changes nothing");
    use.run();
    assertEquals(
        "CN=node", store.material().chain().getFirst().getSubjectX500Principal().getName());
    assertEquals(List.of(store.material()), told);
  }

  @Test
  void whenOneCannotUseOtherCertificatesAllGoBack() throws Exception {
    var store = open("node");
    var first = store.material();
    var told = told(store);
    store.onRenewal(
        material ->
            material.equals(first)
                ? CompletableFuture.completedStage(material)
                : CompletableFuture.failedStage(new IllegalStateException("no server")));
    var use = store.read();

    var failure = assertThrows(IllegalStateException.class, use::run);

    assertEquals(
        "The certificates stay as they were; those that were read cannot be used: no server",
        failure.getMessage());
    assertSame(first, store.material());
    assertEquals(2, told.size());
    assertSame(first, told.getLast());
  }

  @Test
  void certificatesThatNobodyCanUseAtAllAreTold() throws Exception {
    var store = open("node");
    store.onRenewal(
        material -> CompletableFuture.failedStage(new IllegalStateException("no server")));
    var use = store.read();
    var failure = assertThrows(IllegalStateException.class, use::run);
    assertEquals(
        "The certificates that were read cannot be used, and those of before are not in use"
            + " everywhere again (start the service anew): no server",
        failure.getMessage());
  }

  @Test
  void aKeyThatOthersCanReadIsToldWithWhatHelps() throws Exception {
    authority.issue(directory, "shown", TestAuthority.here());
    var key = directory.resolve("shown.key");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
    assertEquals(
        List.of(
            "--ssl_key_file=%s holds secrets, and others than its owner can get at it: chmod 600 %s"
                .formatted(key, key)),
        open("shown").warnings(now));
  }

  @Test
  void authoritiesMayStandInADirectory() throws IOException {
    var many = Files.createDirectory(directory.resolve("many"));
    new TestAuthority("first").write(many);
    new TestAuthority("second").write(many);
    TestAuthority.write(many.resolve("README"), "what these are for\n");
    var settings = settings("node.pem", "node.key", "authority.pem");
    var material =
        TlsStore.open(
                new TlsSettings(
                    settings.certificate(),
                    settings.key(),
                    settings.authorities(),
                    Optional.of(many),
                    true,
                    false,
                    TlsSettings.PROTOCOLS))
            .material();
    assertEquals(3, material.authorities().size());
  }

  private static TlsStore open(String name) {
    return TlsStore.open(settings(name + ".pem", name + ".key", "authority.pem"));
  }

  private static void issue(String name, KeyPair pair) {
    authority.issue(
        directory,
        name,
        TestAuthority.here(),
        pair,
        now.minus(Duration.ofDays(1)),
        now.plus(Duration.ofDays(1)));
  }
}
