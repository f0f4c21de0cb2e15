package io.proffer.api.auth;

import io.proffer.api.acl.AclDocument;
import io.proffer.api.acl.AclFormatException;
import io.proffer.api.acl.Acls;
import io.proffer.api.flags.TextOrFile;
import io.proffer.api.flags.WrongFlagException;
import java.util.Optional;
import java.util.stream.Collectors;

/** The rules that a flag holds, or names the file of, which can be read anew while in use. */
public final class AclStore {
  private final String flag;
  private final TextOrFile source;
  private volatile Acls acls;

  private AclStore(String flag, TextOrFile source, Acls acls) {
    this.flag = flag;
    this.source = source;
    this.acls = acls;
  }

  /**
   * Reads them for the first time. Blocks.
   *
   * @param flag with its dashes
   * @throws WrongFlagException when they cannot be used
   */
  public static AclStore open(String flag, TextOrFile source) {
    try {
      return new AclStore(flag, source, parse(source));
    } catch (UnusableFileException e) {
      throw new WrongFlagException(
          flag,
          "Expected rules like {\"permissive\": false, \"run_tasks\": [...]} or the path of a file"
              + " with them, but "
              + where(source)
              + e.getMessage());
    }
  }

  /** Those of the last reading that went well. */
  public Acls acls() {
    return acls;
  }

  /** What an operator should know about them: rules that nothing asks yet. */
  public Optional<String> warning() {
    var ignored = acls.ignored();
    return ignored.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s has rules that nothing asks yet: %s. They are of features that are still to come (docs/security.md)"
                .formatted(
                    flag,
                    ignored.stream()
                        .map(action -> action.key() + " (" + action.later().orElseThrow() + ")")
                        .collect(Collectors.joining(", "))));
  }

  /** Reads them anew, for {@link #take}. Blocks. */
  Acls read() throws UnusableFileException {
    try {
      return parse(source);
    } catch (UnusableFileException e) {
      throw new UnusableFileException(
          "The rules and credentials stay as they were: "
              + flag
              + ": "
              + where(source)
              + e.getMessage());
    }
  }

  void take(Acls read) {
    acls = read;
  }

  private static String where(TextOrFile source) {
    return source.file().map(path -> "of '" + path + "': ").orElse("");
  }

  private static Acls parse(TextOrFile source) throws UnusableFileException {
    var file = source.file();
    var text = file.isPresent() ? CredentialFile.read(file.get()) : source.given();
    try {
      return AclDocument.parse(text);
    } catch (AclFormatException e) {
      throw new UnusableFileException(e.getMessage());
    }
  }
}
