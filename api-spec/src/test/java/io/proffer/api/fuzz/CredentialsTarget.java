package io.proffer.api.fuzz;

import io.proffer.api.auth.Credential;
import io.proffer.api.auth.CredentialFile;
import io.proffer.api.auth.Principals;
import io.proffer.api.auth.UnusableFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/**
 * Files of credentials, and what comes in an {@code Authorization} header. Each credential of a
 * file opens the door for its principal; of headers only the one that is right does.
 */
public final class CredentialsTarget implements FuzzTarget {
  private static final Credential ALICE = new Credential("alice", "wonder");
  private final Principals onlyAlice = new Principals(List.of(ALICE));
  private final Path file;

  public CredentialsTarget() throws IOException {
    file = Files.createTempFile("credentials", "");
    file.toFile().deleteOnExit();
  }

  @Override
  public void take(byte[] input) throws IOException {
    header(new String(input, StandardCharsets.ISO_8859_1));
    Files.write(file, input);
    try {
      var all = CredentialFile.all(file);
      var known = new Principals(all);
      FuzzTarget.check(known.count() == all.size(), "one principal stands there twice");
      for (var credential : all) {
        FuzzTarget.check(
            known.of(credential.basic()).orElse("").equals(credential.principal()),
            "does not open: " + credential);
      }
    } catch (UnusableFileException documented) {
      FuzzTarget.check(!documented.getMessage().isBlank(), "a refusal without a sentence");
    }
  }

  private void header(String shown) {
    if (onlyAlice.of(shown).isPresent()) {
      var base64 = shown.substring("basic ".length()).strip();
      var pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
      FuzzTarget.check(pair.equals("alice:wonder"), "opens for " + pair);
    }
  }

  @Override
  public List<byte[]> seeds() {
    return FuzzTarget.texts(
        "alice wonder\nbob build\n",
        "{\"credentials\": [{\"principal\": \"alice\", \"secret\": \"wonder\"}]}",
        "{\"principal\": \"alice\", \"secret\": \"wonder\"}",
        "{\"credentials\": [{\"principal\": \"a\", \"secret\": {\"x\": [1]}}]}",
        "{\"x\": " + "[".repeat(1100) + "]".repeat(1100) + ", \"principal\": \"a\"}",
        ALICE.basic(),
        "bAsIc  YWxpY2U6d29uZGVy ",
        "Basic YWxpY2U6",
        "Bearer x");
  }
}
