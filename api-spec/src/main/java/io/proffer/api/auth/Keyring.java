package io.proffer.api.auth;

import java.util.Optional;

/**
 * All that a service has read from files of credentials.
 *
 * @param known whom it lets in
 * @param own what it shows to others
 */
public record Keyring(Optional<CredentialStore> known, Optional<OwnCredential> own) {
  /** Whether no flag names a file. */
  public boolean isEmpty() {
    return known.isEmpty() && own.isEmpty();
  }

  /** What to show to others in an {@code Authorization} header, at this moment. */
  public Optional<String> basic() {
    return own.map(OwnCredential::basic);
  }

  /**
   * Reads the files anew. Blocks. A broken one changes nothing.
   *
   * @return a sentence for the log
   */
  public String reload() throws UnusableFileException {
    // Both are read before one is changed.
    var people = known.isPresent() ? Optional.of(known.get().read()) : Optional.<Principals>empty();
    var mine = own.isPresent() ? Optional.of(own.get().read()) : Optional.<Credential>empty();
    people.ifPresent(principals -> known.get().take(principals));
    mine.ifPresent(credential -> own.get().take(credential));
    return "Credentials were read anew: %d principals are known"
        .formatted(people.map(Principals::count).orElse(0));
  }
}
