package io.proffer.api.tls;

import io.proffer.api.auth.Renewable;
import io.proffer.api.auth.UnusableFileException;
import io.proffer.api.flags.WrongFlagException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The certificates and keys that flags name, which can be read anew while they are in use. */
public final class TlsStore implements Renewable {
  private final TlsSettings settings;
  private final List<Consumer<TlsMaterial>> users = new CopyOnWriteArrayList<>();
  private volatile TlsMaterial material;

  private TlsStore(TlsSettings settings, TlsMaterial material) {
    this.settings = settings;
    this.material = material;
  }

  /**
   * Reads them for the first time.
   *
   * @throws WrongFlagException when they cannot be used
   */
  public static TlsStore open(TlsSettings settings) {
    try {
      return new TlsStore(settings, TlsMaterial.read(settings));
    } catch (WrongTlsFileException e) {
      throw new WrongFlagException(e.flag(), "Expected the path of a file, but " + e.getMessage());
    }
  }

  /** What was read last without a fault. */
  public TlsMaterial material() {
    return material;
  }

  /** Whoever made something of it is told when there is other material. */
  public void onRenewal(Consumer<TlsMaterial> user) {
    users.add(user);
  }

  /** What the log should say of our certificates. */
  public List<String> warnings(Instant now) {
    return warnings(material, now);
  }

  @Override
  public Runnable read() throws UnusableFileException {
    try {
      var read = TlsMaterial.read(settings);
      return () -> {
        material = read;
        users.forEach(user -> user.accept(read));
      };
    } catch (WrongTlsFileException e) {
      throw new UnusableFileException(
          "The certificates stay as they were: " + e.flag() + ", " + e.getMessage());
    }
  }

  @Override
  public List<String> sentences(Instant now) {
    var sentences = new ArrayList<String>();
    if (!material.chain().isEmpty()) {
      sentences.add(
          "Certificates were read anew: ours is good until "
              + material.chain().getFirst().getNotAfter().toInstant());
    }
    sentences.addAll(warnings(now));
    return sentences;
  }

  private static List<String> warnings(TlsMaterial material, Instant now) {
    var warnings = new ArrayList<String>();
    for (var certificate : material.chain()) {
      var name = certificate.getSubjectX500Principal().getName();
      var first = certificate.getNotBefore().toInstant();
      var last = certificate.getNotAfter().toInstant();
      if (now.isAfter(last)) {
        warnings.add(
            "The certificate of '%s' (--ssl_cert_file) expired at %s: clients will not connect. Put a new one there, and ask for it with SIGHUP"
                .formatted(name, last));
      } else if (now.isBefore(first)) {
        warnings.add(
            "The certificate of '%s' (--ssl_cert_file) is good from %s on only: until then clients will not connect. Is the clock of this host right?"
                .formatted(name, first));
      }
    }
    if (!material.settings().verifyServer()) {
      warnings.add(
          "--ssl_verify_server_cert=false: this process talks, and shows its credentials, to whoever answers at an address. Leave it out, and give --ssl_ca_file");
    }
    return warnings;
  }
}
