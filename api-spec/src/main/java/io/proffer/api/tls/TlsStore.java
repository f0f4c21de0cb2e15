package io.proffer.api.tls;

import io.proffer.api.auth.Privacy;
import io.proffer.api.auth.Renewable;
import io.proffer.api.auth.UnusableFileException;
import io.proffer.api.flags.WrongFlagException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** The certificates and keys that flags name, which can be read anew while they are in use. */
public final class TlsStore implements Renewable {
  private static final String USELESS =
      "The certificates stay as they were; those that were read cannot be used: ";
  private static final String TORN =
      "The certificates that were read cannot be used, and those of before are not in use everywhere"
          + " again (start the service anew): ";

  /** So long a server may be busy before it takes them; else it takes milliseconds. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final TlsSettings settings;
  private final List<Function<TlsMaterial, CompletionStage<?>>> users =
      new CopyOnWriteArrayList<>();
  private volatile TlsMaterial material;

  /**
   * Of the client of ZooKeeper alone: no port is served with them, and no other service reached.
   */
  private final boolean isForZooKeeper;

  private TlsStore(TlsSettings settings, TlsMaterial material, boolean isForZooKeeper) {
    this.settings = settings;
    this.material = material;
    this.isForZooKeeper = isForZooKeeper;
  }

  /**
   * Reads them for the first time.
   *
   * @throws WrongFlagException when they cannot be used
   */
  public static TlsStore open(TlsSettings settings) {
    return open(settings, false);
  }

  /** The same, of those that only the client of ZooKeeper uses. */
  static TlsStore openForZooKeeper(TlsSettings settings) {
    return open(settings, true);
  }

  private static TlsStore open(TlsSettings settings, boolean isForZooKeeper) {
    try {
      return new TlsStore(settings, TlsMaterial.read(settings), isForZooKeeper);
    } catch (WrongTlsFileException e) {
      throw new WrongFlagException(e.flag(), "Expected the path of a file, but " + e.getMessage());
    }
  }

  /** What was read last without a fault. */
  public TlsMaterial material() {
    return material;
  }

  /**
   * Whoever made something of it is told when there is other material.
   *
   * @param user puts it to use, and says when it is
   */
  public void onRenewal(Function<TlsMaterial, CompletionStage<?>> user) {
    users.add(user);
  }

  /** Who was told until now is no longer. */
  public void forget(Function<TlsMaterial, CompletionStage<?>> user) {
    users.remove(user);
  }

  /** What the log should say of our certificates and their key. Blocks. */
  public List<String> warnings(Instant now) {
    return warnings(material, now, isForZooKeeper);
  }

  @Override
  public Runnable read() throws UnusableFileException {
    try {
      var read = TlsMaterial.read(settings);
      return () -> use(read);
    } catch (WrongTlsFileException e) {
      throw new UnusableFileException(
          "The certificates stay as they were: " + e.flag() + ", " + e.getMessage());
    }
  }

  private void use(TlsMaterial read) {
    var before = material;
    material = read;
    try {
      awaitUse(read);
    } catch (NotInUseException e) {
      material = before;
      try {
        // Some may have taken what others could not.
        awaitUse(before);
      } catch (NotInUseException again) {
        e.addSuppressed(again);
        throw new IllegalStateException(TORN + e.getMessage(), e);
      }
      throw new IllegalStateException(USELESS + e.getMessage(), e);
    }
  }

  /** Somebody did not take what was given. */
  private static final class NotInUseException extends Exception {
    private static final long serialVersionUID = 1;

    NotInUseException(String why, Exception cause) {
      super(why, cause);
    }
  }

  /** Never on an event loop, where those wait who are to use it. */
  private void awaitUse(TlsMaterial given) throws NotInUseException {
    try {
      CompletableFuture.allOf(
              users.stream()
                  .map(user -> user.apply(given).toCompletableFuture())
                  .toArray(CompletableFuture[]::new))
          .get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new NotInUseException(e.getCause().getMessage(), e);
    } catch (TimeoutException e) {
      throw new NotInUseException("not after " + LONGEST_WAIT.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotInUseException("the service stops", e);
    } catch (RuntimeException e) {
      // One that cannot even make something of it.
      throw new NotInUseException(e.getMessage(), e);
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

  private static List<String> warnings(TlsMaterial material, Instant now, boolean isForZooKeeper) {
    var warnings = new ArrayList<String>();
    var refusal = isForZooKeeper ? "ZooKeeper will not accept it" : "clients will not connect";
    for (var certificate : material.chain()) {
      var name = certificate.getSubjectX500Principal().getName();
      var first = certificate.getNotBefore().toInstant();
      var last = certificate.getNotAfter().toInstant();
      if (now.isAfter(last)) {
        warnings.add(
            "The certificate of '%s' (--ssl_cert_file) expired at %s: %s. Put a new one there, and ask for it with SIGHUP"
                .formatted(name, last, refusal));
      } else if (now.isBefore(first)) {
        warnings.add(
            "The certificate of '%s' (--ssl_cert_file) is good from %s on only: until then %s. Is the clock of this host right?"
                .formatted(name, first, refusal));
      }
    }
    material
        .settings()
        .key()
        .flatMap(key -> Privacy.warning("--ssl_key_file", key))
        .ifPresent(warnings::add);
    // Servers of ZooKeeper are always verified.
    if (!material.settings().verifyServer() && !isForZooKeeper) {
      warnings.add(
          "--ssl_verify_server_cert=false: this process talks, and shows its credentials, to whoever answers at an address. Leave it out, and give --ssl_ca_file");
    }
    return warnings;
  }
}
