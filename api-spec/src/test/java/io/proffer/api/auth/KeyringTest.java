package io.proffer.api.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.acl.Action;
import io.proffer.api.flags.TextOrFile;
import io.proffer.api.flags.WrongFlagException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules and credentials that are read anew together. */
class KeyringTest {
  private static final String NOBODY = "{\"permissive\": false}";

  @TempDir Path directory;

  @Test
  void rulesAreReadFromTheFlagItselfAFileOrItsUrl() throws IOException {
    var file = Files.writeString(directory.resolve("acls"), NOBODY);
    for (var given : List.of(NOBODY, file.toString(), "file://" + file)) {
      assertFalse(allows(AclStore.open("--acls", new TextOrFile(given))), given);
    }
  }

  @Test
  void rulesThatCannotBeReadAreTheFlagsFault() throws IOException {
    var wrong = assertThrows(WrongFlagException.class, () -> open("{\"run_taks\": []}"));
    assertTrue(wrong.getMessage().contains("Did you mean 'run_tasks'?"), wrong::getMessage);
    var missing =
        assertThrows(WrongFlagException.class, () -> open(directory.resolve("no").toString()));
    assertTrue(missing.getMessage().contains("no': it cannot be read"), missing::getMessage);
  }

  @Test
  void aBrokenFileChangesNothing() throws IOException, UnusableFileException {
    var acls = Files.writeString(directory.resolve("acls"), NOBODY);
    var known = Files.writeString(directory.resolve("known"), "ann secret\n");
    var rules = open(acls.toString());
    var people = CredentialStore.open("--credentials", known);
    var keyring = new Keyring(Optional.of(people), Optional.empty(), Optional.of(rules));
    Files.writeString(known, "ann secret\nbob other\n");
    Files.writeString(acls, "{\"permissive\": tru}");

    var broken = assertThrows(UnusableFileException.class, keyring::read);

    assertTrue(broken.getMessage().contains("stay as they were: --acls: of '"), broken::getMessage);
    assertEquals(1, people.principals().count());
    assertFalse(allows(rules));

    Files.writeString(acls, "{}");
    var use = keyring.read();
    assertEquals(1, people.principals().count(), "reading changes nothing");
    assertFalse(allows(rules));
    use.run();
    assertEquals(
        List.of(
            "Credentials were read anew: 2 principals are known; so were the rules of who may do"
                + " what"),
        keyring.sentences(Instant.EPOCH));
    assertEquals(2, people.principals().count());
    assertTrue(allows(rules));
  }

  @Test
  void rulesThatNothingAsksYetAreNamedOnce() {
    var rules =
        open(
            "{\"prune_images\": [{\"principals\": {\"type\": \"NONE\"}, \"images\": {\"type\":"
                + " \"ANY\"}}], \"create_volumes\": []}");
    assertEquals(
        "--acls has rules that nothing asks yet: create_volumes (volumes), prune_images (images)."
            + " They are of features that are still to come (docs/security.md)",
        rules.warning().orElseThrow());
    assertEquals(Optional.empty(), open("{\"run_tasks\": []}").warning());
  }

  @Test
  void filesThatOthersCanReadAreWarnedOf() throws IOException {
    var known = Files.writeString(directory.resolve("known"), "ann secret\n");
    var own = Files.writeString(directory.resolve("own"), "agent key\n");
    var keyring =
        new Keyring(
            Optional.of(CredentialStore.open("--credentials", known)),
            Optional.of(OwnCredential.open("--credential", own)),
            Optional.empty());
    for (var open : List.of("rw-r-----", "rw----r--", "rw--w----")) {
      for (var file : List.of(known, own)) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(open));
      }
      assertEquals(
          List.of(warning("--credentials", known), warning("--credential", own)),
          keyring.warnings());
    }
    for (var file : List.of(known, own)) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
    assertEquals(List.of(), keyring.warnings());
  }

  private static String warning(String flag, Path file) {
    return "%s=%s holds secrets, and others than its owner can get at it: chmod 600 %s"
        .formatted(flag, file, file);
  }

  private static AclStore open(String given) {
    return AclStore.open("--acls", new TextOrFile(given));
  }

  private static boolean allows(AclStore store) {
    return Authorizer.of(Optional.of(store))
        .rights(Optional.of("ann"))
        .allow(Action.RUN_TASK, "root");
  }
}
