package io.proffer.api.tls;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSocket;

/** Tries to come to terms with a server, for whoever uses a client that keeps its reasons. */
public final class Handshake {
  private static final Duration CONNECTING = Duration.ofSeconds(3);

  /** With TLS 1.3 a server says what it thinks of our certificate after the handshake. */
  private static final Duration AFTERTHOUGHT = Duration.ofSeconds(1);

  private static final String CLOSED =
      "it closed the connection before TLS was agreed on: does it speak TLS at this port, and does"
          + " it take more connections?";

  private Handshake() {}

  /**
   * Why we and a server, which is always verified, do not come to terms. Blocks, and says nothing
   * there. Empty when we do, and when nothing that answers is reached.
   */
  public static Optional<String> refusal(String host, int port, TlsMaterial material) {
    try (var plain = new Socket()) {
      plain.connect(new InetSocketAddress(host, port), Math.toIntExact(CONNECTING.toMillis()));
      plain.setSoTimeout(Math.toIntExact(CONNECTING.toMillis()));
      return words(plain, host, port, material);
    } catch (IOException | IllegalArgumentException unreachable) {
      return Optional.empty();
    }
  }

  private static Optional<String> words(Socket plain, String host, int port, TlsMaterial material) {
    try (var socket =
        (SSLSocket)
            Managers.verifying(material).getSocketFactory().createSocket(plain, host, port, true)) {
      var parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      parameters.setProtocols(material.settings().protocols().toArray(String[]::new));
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      socket.setSoTimeout(Math.toIntExact(AFTERTHOUGHT.toMillis()));
      var _ = socket.getInputStream().read();
      return Optional.empty();
    } catch (SocketTimeoutException silent) {
      return Optional.empty();
    } catch (IOException e) {
      return words(e, material);
    }
  }

  private static Optional<String> words(IOException failure, TlsMaterial material) {
    var words = TlsWords.of(failure);
    if (words == TlsWords.NO_TLS) {
      return Optional.of("it does not speak TLS at this port");
    }
    // Also one that has as many connections as it takes, or a balancer with nobody behind it.
    if (words == TlsWords.BROKEN && failure.getCause() instanceof EOFException) {
      return Optional.of(CLOSED);
    }
    if (words == TlsWords.OURS_REFUSED && material.chain().isEmpty()) {
      return Optional.of(TlsWords.NO_CERTIFICATE.ofServer());
    }
    return TlsWords.ofServer(failure);
  }
}
