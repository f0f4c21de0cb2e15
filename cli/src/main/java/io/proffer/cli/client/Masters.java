package io.proffer.cli.client;

import io.proffer.api.tls.TlsStore;
import io.proffer.api.zookeeper.ZooKeeperUrl;
import java.util.ArrayList;
import java.util.Optional;

/** Whom to ask; who leads may be another one from call to call. */
public interface Masters {
  /** What to ask one of them. */
  @FunctionalInterface
  interface Call<T> {
    T at(MasterAddress master) throws ClientException;
  }

  /**
   * Asks who is thought to lead. The next call may go to another one when this one fails and may
   * work later.
   */
  <T> T ask(Call<T> call) throws ClientException;

  /**
   * Reads {@code HOST:PORT}, several of these with commas or on lines, {@code
   * zk://HOST:PORT,.../PATH}, or {@code file://PATH} of one of these.
   *
   * @param isEncrypted whether masters speak TLS of which that is not said
   * @param zooKeeper what to encrypt with what is said to ZooKeeper; empty for plain TCP
   * @throws IllegalArgumentException if the text is none of these; never with a password
   */
  static Masters parse(String text, boolean isEncrypted, Optional<TlsStore> zooKeeper) {
    return MasterFile.isMeantBy(text)
        ? MasterFile.parse(text, isEncrypted, zooKeeper)
        : parseOutsideOfFile(text, isEncrypted, zooKeeper);
  }

  /** The same, with ZooKeeper in clear. */
  static Masters parse(String text, boolean isEncrypted) {
    return parse(text, isEncrypted, Optional.empty());
  }

  /** The same without files: one must not lead to another for ever. */
  static Masters parseOutsideOfFile(
      String text, boolean isEncrypted, Optional<TlsStore> zooKeeper) {
    if (ZooKeeperUrl.isMeantBy(text)) {
      return new ElectedMaster(ZooKeeperUrl.parse(text), isEncrypted, zooKeeper);
    }
    var addresses = new ArrayList<MasterAddress>();
    for (var part : text.split("[,\\n]", -1)) {
      addresses.add(MasterAddress.parse(part).orElse(isEncrypted));
    }
    return addresses.size() == 1 ? addresses.getFirst() : new MasterList(addresses);
  }
}
