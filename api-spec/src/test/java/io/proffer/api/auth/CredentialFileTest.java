package io.proffer.api.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.flags.TextOrFile;
import io.proffer.api.flags.WrongFlagException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialFileTest {
  private static final List<Credential> ALICE_AND_BOB =
      List.of(new Credential("alice", "wonder"), new Credential("bob", "build"));

  @TempDir Path directory;

  @Test
  void jsonAndLinesSayTheSame() throws Exception {
    var json =
        """
        {"credentials": [
          {"principal": "alice", "secret": "wonder"},
          {"secret": "build", "principal": "bob", "note": {"of": ["the", "plumber"]}}
        ]}
        """;
    assertEquals(ALICE_AND_BOB, CredentialFile.all(file(json)));
    assertEquals(ALICE_AND_BOB, CredentialFile.all(file("alice wonder\n\n  bob\tbuild \n")));
  }

  @Test
  void aSingleOneNeedsNoList() throws Exception {
    var json = "{\"principal\": \"alice\", \"secret\": \"won:der\"}";
    assertEquals(new Credential("alice", "won:der"), CredentialFile.one(file(json)));
    assertEquals(new Credential("alice", "wonder"), CredentialFile.one(file("alice wonder")));
    var refusal =
        assertThrows(
            UnusableFileException.class, () -> CredentialFile.one(file("alice wonder\nbob build")));
    assertEquals("expected one credential, but there are 2: leave one", refusal.getMessage());
  }

  @Test
  void whatIsNestedTooDeepIsRefusedLikeWhatIsNoJson() throws Exception {
    var deep = "[".repeat(1100) + "]".repeat(1100);
    var file = file("{\"x\": " + deep + ", \"credentials\": []}");
    var refusal = assertThrows(UnusableFileException.class, () -> CredentialFile.all(file));
    assertTrue(
        refusal.getMessage().endsWith("but it is nested too deep, or something in it is too long"));
  }

  @Test
  void aSecretAloneIsOneLine() throws Exception {
    assertEquals("two words", CredentialFile.secret(file("two words\n")));
    for (var text : List.of("", "\n", "sesame\nopen")) {
      var refusal =
          assertThrows(UnusableFileException.class, () -> CredentialFile.secret(file(text)));
      assertTrue(refusal.getMessage().startsWith("expected one line with a secret"), text);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                                 | there are no credentials in it
          {"credentials": []}                                | there are no credentials in it
          {"credentials": [{"principal": "a"}]}              | one of them is missing on line 1
          {"credentials": [{"principal": "a","secret":""}]}  | one of them is missing on line 1
          {"principal": "a:b", "secret": "sesame"}           | without colon
          {"principal": "a", "secret": sesame}               | no JSON at line 1, column 3
          {"principal": "a", "secret": ["sesame"]}           | something else on line 1
          {"principal": "a", "secret": "sesame"} sesame      | no JSON at line 1
          {"credentials": {"principal": "a"}}                | something else on line 1
          {"credentials": [{"credentials": []}]}             | something else on line 1
          {"credentials": ["sesame"]}                        | something else on line 1
          sesame                                             | line 1 has 1 words
          a sesame sesame                                    | line 1 has 3 words
          """)
  void whatIsWrongIsToldByItsPlaceAndNeverShown(String text, String expected) throws IOException {
    var file = file(text);
    var refusal = assertThrows(UnusableFileException.class, () -> CredentialFile.all(file));
    assertTrue(refusal.getMessage().contains(expected), refusal::getMessage);
    assertFalse(refusal.getMessage().contains("sesame"), refusal::getMessage);
  }

  @Test
  void aPrincipalStandsThereOnce() throws IOException {
    var file = file("alice wonder\nalice build");
    var refusal = assertThrows(UnusableFileException.class, () -> CredentialFile.all(file));
    assertEquals("the principal 'alice' stands there twice: leave one", refusal.getMessage());
  }

  @Test
  void aFileThatIsNotThereIsAWrongFlag() {
    var missing = directory.resolve("missing");
    var refusal =
        assertThrows(
            WrongFlagException.class, () -> CredentialStore.open("--credentials", missing));
    assertEquals(
        "Invalid value for option '--credentials': Expected the path of a file of credentials, but"
            + " of '"
            + missing
            + "': it cannot be read: does it exist, and may this process read it?",
        refusal.getMessage());
  }

  @Test
  void contentGivenInPlaceOfAPathIsNotRepeated() {
    var content = Path.of("{\"principal\":\"a\",\"secret\":\"sesame\"}");
    var refusal =
        assertThrows(WrongFlagException.class, () -> OwnCredential.open("--credential", content));
    assertFalse(refusal.getMessage().contains("sesame"), refusal::getMessage);
  }

  @Test
  void aBrokenFileKeepsAllTheOldCredentials() throws Exception {
    var known = file("alice wonder");
    var mine = file("master key");
    var keyring =
        new Keyring(
            Optional.of(CredentialStore.open("--credentials", known)),
            Optional.of(OwnCredential.open("--credential", mine)),
            Optional.empty());
    Files.writeString(known, "alice wonder\nbob build");
    assertEquals(
        "Credentials were read anew: 2 principals are known, others know us as 'master'",
        reload(keyring));
    Files.writeString(known, "bob build");
    Files.writeString(mine, "master");
    var refusal = assertThrows(UnusableFileException.class, keyring::read);
    assertTrue(
        refusal.getMessage().startsWith("The credentials stay as they were: --credential=" + mine),
        refusal::getMessage);
    assertEquals(2, keyring.known().orElseThrow().principals().count());
    assertEquals(Optional.of(new Credential("master", "key").basic()), keyring.basic());
    Files.writeString(mine, "master lock");
    assertEquals(
        "Credentials were read anew: 1 principals are known, others know us as 'master'",
        reload(keyring));
    assertEquals(Optional.of(new Credential("master", "lock").basic()), keyring.basic());
  }

  /** Not of how many it knows when it is to know nobody. */
  @Test
  void onlyWhatWasReadIsToldOf() throws Exception {
    var mine = OwnCredential.open("--credential", file("agent key"));
    var rules = AclStore.open("--acls", new TextOrFile("{\"permissive\": false}"));
    assertEquals(
        "Credentials were read anew: others know us as 'agent'",
        reload(new Keyring(Optional.empty(), Optional.of(mine), Optional.empty())));
    assertEquals(
        "Credentials were read anew: others know us as 'agent'; so were the rules of who may do"
            + " what",
        reload(new Keyring(Optional.empty(), Optional.of(mine), Optional.of(rules))));
    assertEquals(
        "The rules of who may do what were read anew",
        reload(new Keyring(Optional.empty(), Optional.empty(), Optional.of(rules))));
  }

  private static String reload(Keyring keyring) throws UnusableFileException {
    keyring.read().run();
    return keyring.sentences(Instant.EPOCH).getFirst();
  }

  private Path file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(directory, "credentials", ""), text);
  }
}
