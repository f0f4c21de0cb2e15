package io.proffer.api.tls;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Why two sides did not agree, in words that say where to look; never a stack trace. */
public enum TlsWords {
  EXPIRED("its certificate has expired", "the client's certificate has expired"),
  NOT_YET(
      "its certificate is not valid yet: is the clock of this host right?",
      "the client's certificate is not valid yet: is the clock of this host right?"),
  STRANGER(
      "its certificate is of an authority that is not trusted here: look at --ssl_ca_file",
      "the client's certificate is of an authority that is not trusted here: look at --ssl_ca_file"),
  OTHER_NAME(
      "its certificate is for another host: reach it under a name that the certificate has, or give"
          + " it one with this name or address",
      "the client's certificate is for another host",
      "no name matching",
      "no subject alternative"),
  WRONG_USE(
      "its certificate may not be used by servers (extended key usage)",
      "the client's certificate may not be used by clients (extended key usage clientAuth)",
      "extended key usage"),
  NO_CERTIFICATE(
      "it wants a certificate from us, of an authority that it trusts: look at --ssl_cert_file",
      "the client showed no certificate of an authority that is trusted here, and"
          + " --ssl_require_client_cert wants one",
      "empty client certificate chain",
      "alert: certificate_required"),
  OURS_REFUSED(
      "it does not accept our certificate: it may be of an authority that is not trusted there, or"
          + " have expired",
      "the client does not accept our certificate: its --ssl_ca_file does not have our authority, or"
          + " we have another name than it asked for, or our certificate has expired",
      "alert: bad_certificate",
      "alert: certificate_unknown",
      "alert: unknown_ca",
      "alert: unsupported_certificate"),
  OURS_EXPIRED(
      "our certificate (--ssl_cert_file) has expired, it says",
      "the client says that our certificate (--ssl_cert_file) has expired",
      "alert: certificate_expired"),
  NO_TLS(
      "it does not speak TLS: is it one that is reached by plain http?",
      "the client does not speak TLS: tell it to use https",
      "unrecognized ssl message",
      "not an ssl/tls record"),
  NO_COMMON_VERSION(
      "there is no version of TLS or cipher that both sides speak",
      "the client and this process speak no common version of TLS or cipher",
      "no appropriate protocol",
      "cipher suites in common",
      "protocol_version",
      "not accepted by client preferences",
      "requested protocol"),
  BROKEN(
      "the connection could not be encrypted",
      "the client ended the connection before it was encrypted: perhaps it does not accept our"
          + " certificate");

  private final String ofServer;
  private final String ofClient;

  /** Lines of what the JDK's messages have of it, in small letters; classes say the rest. */
  private final String signs;

  TlsWords(String ofServer, String ofClient, String... signs) {
    this.ofServer = ofServer;
    this.ofClient = ofClient;
    this.signs = String.join("\n", signs);
  }

  /** What a server's log says of a client. */
  public String ofClient() {
    return ofClient;
  }

  /** What a client says of the server that it did not reach. */
  String ofServer() {
    return ofServer;
  }

  /** What a client says of the server that it did not reach; empty when TLS is not the reason. */
  public static Optional<String> ofServer(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException || cause instanceof CertificateException) {
        var words = of(failure);
        return Optional.of(
            words == BROKEN
                ? words.ofServer + " (" + plain(cause) + ")"
                : words.ofServer + date(failure));
      }
    }
    return Optional.empty();
  }

  /** The reason of a failed handshake. */
  public static TlsWords of(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      var known = byClass(cause);
      if (known.isPresent()) {
        return known.get();
      }
    }
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      var message = plain(cause).toLowerCase(Locale.ROOT);
      for (var words : values()) {
        if (words.signs.lines().anyMatch(message::contains)) {
          return words;
        }
      }
    }
    return BROKEN;
  }

  private static Optional<TlsWords> byClass(Throwable cause) {
    return switch (cause) {
      case CertificateExpiredException _ -> Optional.of(EXPIRED);
      case CertificateNotYetValidException _ -> Optional.of(NOT_YET);
      case CertPathBuilderException path when !(path.getCause() instanceof CertificateException) ->
          Optional.of(STRANGER);
      default -> Optional.empty();
    };
  }

  /** When it expired, as the JDK says it. */
  private static String date(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateExpiredException
          || cause instanceof CertificateNotYetValidException) {
        return " (" + plain(cause) + ")";
      }
    }
    return "";
  }

  private static String plain(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
