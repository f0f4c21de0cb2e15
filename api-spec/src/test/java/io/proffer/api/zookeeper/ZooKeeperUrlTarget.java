package io.proffer.api.zookeeper;

import io.proffer.api.fuzz.FuzzTarget;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * URLs of ZooKeeper. What is taken is taken again as it was understood; a password, for which
 * {@link #SECRET} stands here, is neither shown nor told in a refusal.
 */
public final class ZooKeeperUrlTarget implements FuzzTarget {
  private static final String SECRET = "s3cr3t";

  @Override
  public void take(byte[] input) {
    var text = new String(input, StandardCharsets.UTF_8);
    ZooKeeperUrl url;
    try {
      url = ZooKeeperUrl.parse(text);
    } catch (IllegalArgumentException documented) {
      FuzzTarget.check(
          !documented.getMessage().contains(SECRET) || !hasSecretPassword(text),
          "a refusal tells the password of " + text);
      return;
    }
    FuzzTarget.check(!url.servers().isEmpty(), "no server");
    FuzzTarget.check(url.path().startsWith("/") && !url.path().endsWith("/"), url.path());
    FuzzTarget.check(
        !url.toString().contains(SECRET) || !hasSecretPassword(text),
        "shows the password: " + text);
    var again =
        ZooKeeperUrl.parse(
            ZooKeeperUrl.SCHEME
                + url.credentials().map(pair -> pair + "@").orElse("")
                + url.connectString()
                + url.path());
    FuzzTarget.check(again.equals(url), url + " became " + again);
  }

  /** Whether it stands between the user and the last @, and nowhere else. */
  private static boolean hasSecretPassword(String text) {
    var at = text.lastIndexOf('@');
    var user = text.indexOf(':', ZooKeeperUrl.SCHEME.length());
    var secret = text.indexOf(SECRET);
    return text.startsWith(ZooKeeperUrl.SCHEME)
        && secret == text.lastIndexOf(SECRET)
        && user >= 0
        && user < secret
        && secret < at;
  }

  @Override
  public List<byte[]> seeds() {
    return FuzzTarget.texts(
        "zk://a:2181,b,[::1]:2182/proffer",
        "zk://user:" + SECRET + "@a:2181/proffer/below/",
        "zk://user:" + SECRET + "@a:0/proffer",
        "zk://user:a/" + SECRET + "@a/proffer",
        "zk://user:@" + SECRET + "@a /proffer",
        "zk://user:" + SECRET + "@a/../b",
        "zk://user" + SECRET + "@a/b",
        "zk://:" + SECRET + "@a/b",
        "zk://a/",
        "zk://a",
        "zk:///a",
        "zk://a/" + "b/".repeat(8_000) + "b",
        "zk://[" + ":".repeat(8_000) + "]/a",
        "http://a/b");
  }
}
