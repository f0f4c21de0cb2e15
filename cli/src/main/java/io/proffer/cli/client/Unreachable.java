package io.proffer.cli.client;

import io.proffer.api.tls.TlsWords;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;

/** Why there was no answer, in words that say where to look. */
final class Unreachable {
  private Unreachable() {}

  static ClientException explain(URI uri, Duration timeout, IOException failure) {
    var place = uri.getAuthority();
    if (isCausedBy(failure, UnresolvedAddressException.class)
        || isCausedBy(failure, UnknownHostException.class)) {
      return ClientException.unreached(
          "The host '" + uri.getHost() + "' is unknown: look at its spelling, or give its address.",
          failure);
    }
    var encryption = TlsWords.ofServer(failure);
    if (encryption.isPresent()) {
      var sentence = "No encrypted connection to " + place + ": " + encryption.get() + ".";
      return TlsWords.of(failure) == TlsWords.BROKEN
          ? ClientException.unreachable(sentence, failure)
          : ClientException.refused(sentence);
    }
    return switch (failure) {
      case HttpConnectTimeoutException _ ->
          ClientException.unreached(
              place + " cannot be reached: no connection within " + seconds(timeout) + ".",
              failure);
      case HttpTimeoutException _ ->
          ClientException.unreachable(
              place + " did not answer within " + seconds(timeout) + ".", failure);
      case ConnectException refused when isRefusal(refused) ->
          ClientException.nobody("Nothing listens at " + place + ".", failure);
      case ProtocolException _ ->
          ClientException.refused(
              "What listens at "
                  + place
                  + " does not speak HTTP: is this the port of a master? ("
                  + failure.getMessage()
                  + ")");
      default ->
          ClientException.unreachable(
              "No answer from " + place + ": " + words(failure) + "." + hint(uri, failure),
              failure);
    };
  }

  /** The JDK's client says refused connections with these words, or with none. */
  private static boolean isRefusal(ConnectException failure) {
    return failure.getMessage() == null || failure.getMessage().contains("refused");
  }

  private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> kind) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  private static String seconds(Duration timeout) {
    return timeout.toSeconds() + " seconds";
  }

  private static String words(IOException failure) {
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }

  /** To plain HTTP, a port that speaks TLS answers nothing; an alert may get lost with the end. */
  private static String hint(URI uri, IOException failure) {
    if (!words(failure).contains("received no bytes")) {
      return "";
    }
    return uri.getScheme().equals("http")
        ? " Does it speak TLS? Then give https://" + uri.getAuthority() + " and --ssl_ca_file."
        : " Perhaps it wants a certificate from us, of an authority that it trusts and not expired:"
            + " look at --ssl_cert_file.";
  }
}
