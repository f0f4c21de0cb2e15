package io.proffer.master.registry.zookeeper;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * Keys of records as names of nodes. ZooKeeper knows no slash and few signs in names, so all but
 * letters, digits and a few are written as a percent sign and two hexadecimal digits of UTF-8.
 *
 * <p>A small value lies in the node of the name itself, a large one in pieces {@code NAME~0},
 * {@code NAME~1}, so that small ones can be read by the hundred.
 */
final class KeyNames {
  static final int BUCKETS = 256;

  /** Stands for no byte of a key: keys write it as %7E. */
  private static final char PIECE = '~';

  private static final int BYTE = 0xff;

  private KeyNames() {}

  /** One of 256, so that no list of children grows beyond what an answer holds. */
  static String bucket(String key) {
    var sum = new CRC32();
    sum.update(key.getBytes(StandardCharsets.UTF_8));
    return bucket((int) (sum.getValue() & BYTE));
  }

  static String bucket(int number) {
    return String.format(Locale.ROOT, "%02x", number);
  }

  /** The name for a key. */
  static String name(String key) {
    // As forms write it, but for the two signs that forms have of their own.
    var name =
        URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
    // Two names that ZooKeeper takes for directions.
    return switch (name) {
      case "." -> "%2E";
      case ".." -> "%2E%2E";
      default -> name;
    };
  }

  /** The name of a piece of a large value. */
  static String piece(String name, int number) {
    return name + PIECE + number;
  }

  /** The number of a piece; -1 for the name of a small value. */
  static int piece(String node) {
    var at = node.lastIndexOf(PIECE);
    return at < 0 ? -1 : Integer.parseInt(node.substring(at + 1));
  }

  /** The key of a node's name, whatever piece of it. */
  static String key(String node) {
    var end = node.indexOf(PIECE);
    return URLDecoder.decode(end < 0 ? node : node.substring(0, end), StandardCharsets.UTF_8);
  }
}
