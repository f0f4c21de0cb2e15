package io.proffer.api.auth;

import io.proffer.api.acl.Acls;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that a service has read from files of credentials and rules.
 *
 * @param known whom it lets in
 * @param own what it shows to others
 * @param rules what those who come in may do
 */
public record Keyring(
    Optional<CredentialStore> known, Optional<OwnCredential> own, Optional<AclStore> rules)
    implements Renewable {
  /** Whether no flag names anything. */
  public boolean isEmpty() {
    return known.isEmpty() && own.isEmpty() && rules.isEmpty();
  }

  /** What to show to others in an {@code Authorization} header, at this moment. */
  public Optional<String> basic() {
    return own.map(OwnCredential::basic);
  }

  /** Who judges what others may do. */
  public Authorizer authorizer() {
    return Authorizer.of(rules);
  }

  /** What an operator should know of the files, a line each. Blocks. */
  public List<String> warnings() {
    return Stream.of(
            known.flatMap(store -> Privacy.warning(store.flag(), store.file())),
            own.flatMap(store -> Privacy.warning(store.flag(), store.file())),
            rules.flatMap(AclStore::warning))
        .flatMap(Optional::stream)
        .toList();
  }

  @Override
  public Runnable read() throws UnusableFileException {
    // All are read before one is changed.
    var people = known.isPresent() ? Optional.of(known.get().read()) : Optional.<Principals>empty();
    var mine = own.isPresent() ? Optional.of(own.get().read()) : Optional.<Credential>empty();
    var acls = rules.isPresent() ? Optional.of(rules.get().read()) : Optional.<Acls>empty();
    return () -> {
      people.ifPresent(principals -> known.get().take(principals));
      mine.ifPresent(credential -> own.get().take(credential));
      acls.ifPresent(read -> rules.get().take(read));
    };
  }

  @Override
  public List<String> sentences(Instant now) {
    var read = new ArrayList<String>();
    known.ifPresent(
        store -> read.add("%d principals are known".formatted(store.principals().count())));
    own.ifPresent(mine -> read.add("others know us as '%s'".formatted(mine.principal())));
    var words = new ArrayList<String>();
    if (!read.isEmpty()) {
      words.add("Credentials were read anew: " + String.join(", ", read));
    }
    if (rules.isPresent()) {
      words.add(
          read.isEmpty()
              ? "The rules of who may do what were read anew"
              : "so were the rules of who may do what");
    }
    rules.flatMap(AclStore::warning).ifPresent(words::add);
    return List.of(String.join("; ", words));
  }
}
