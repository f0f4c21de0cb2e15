package io.proffer.master.registry.zookeeper;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import io.proffer.master.registry.Registry;
import io.proffer.master.registry.UnfitException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Who may write. Every write replaces it by the next one, and fails when it is not as it was left.
 *
 * @param writer an id of this opening of the registry, used once
 * @param cluster the name of the cluster; empty when it has none
 * @param write counts the writes of this writer
 * @param staged how many pieces of a large batch are to be put in place; 0 for none
 * @param records the newest format of a record that is there, so that who cannot read it knows that
 *     before it leads
 */
record Pen(String writer, String cluster, long write, int staged, int records) {
  /** The format of the whole tree of nodes. */
  private static final int FORMAT = 1;

  private static final JsonFactory JSON = new JsonFactory();

  /** Where the registry of a cluster lies. */
  static String root(String clusterPath) {
    return clusterPath + "/proffer/registry";
  }

  static String path(String root) {
    return root + "/pen";
  }

  /** Of a registry that nobody has written to. */
  static Pen unused(String cluster) {
    return new Pen("", cluster, 0, 0, Registry.FORMAT);
  }

  Pen takenBy(String next) {
    return new Pen(next, cluster, 0, staged, Registry.FORMAT);
  }

  Pen next(int staged) {
    return new Pen(writer, cluster, write + 1, staged, records);
  }

  ByteString bytes() {
    var out = new ByteArrayOutputStream();
    try (var json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeNumberField("format", FORMAT);
      json.writeStringField("cluster", cluster);
      json.writeStringField("writer", writer);
      json.writeNumberField("write", write);
      json.writeNumberField("staged", staged);
      json.writeNumberField("records", records);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Memory does not fail.
    }
    return ByteString.copyFrom(out.toByteArray());
  }

  /**
   * Reads one.
   *
   * @throws UnfitException when it is none, or of a newer version of Proffer
   */
  static Pen read(String path, ByteString data) {
    var format = 0L;
    var cluster = "";
    var writer = "";
    var write = 0L;
    var staged = 0;
    var records = 0; // Of one that was written before it was told: the first format, at most.
    try (var json = JSON.createParser(data.toByteArray())) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw foreign(path, null);
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        var name = json.currentName();
        json.nextToken();
        switch (name) {
          case "format" -> format = json.getLongValue();
          case "cluster" -> cluster = json.getText();
          case "writer" -> writer = json.getText();
          case "write" -> write = json.getLongValue();
          case "staged" -> staged = json.getIntValue();
          case "records" -> records = json.getIntValue();
          default -> json.skipChildren();
        }
      }
    } catch (IOException e) {
      throw foreign(path, e);
    }
    if (format > FORMAT) {
      throw new UnfitException(
          "The registry at %s in ZooKeeper has format %d, and this version of Proffer knows formats up to %d: start the newer version that wrote it."
              .formatted(path, format, FORMAT));
    }
    if (format < 1) {
      throw foreign(path, null);
    }
    if (records > Registry.FORMAT) {
      throw new UnfitException(
          "The registry at %s in ZooKeeper holds records of format %d, and this version of Proffer reads formats up to %d: start the newer version that wrote them."
              .formatted(path, records, Registry.FORMAT));
    }
    return new Pen(writer, cluster, write, staged, records);
  }

  /**
   * Sees to it that no two clusters share a registry.
   *
   * @throws UnfitException when it is of a cluster of another name
   */
  void expect(String name, String root) {
    if (!cluster.equals(name)) {
      throw new UnfitException(
          "The registry at %s in ZooKeeper is of the cluster '%s', and --cluster of this master says '%s': give it the same name, or its cluster a path of its own in --zk."
              .formatted(root, cluster, name));
    }
  }

  /** There is something, and no pen. */
  static UnfitException missing(String root) {
    return new UnfitException(
        "What lies at %s in ZooKeeper is no registry of Proffer, or one that lost its node 'pen': restore ZooKeeper's data from a copy, or give the cluster a path of its own in --zk."
            .formatted(root));
  }

  private static UnfitException foreign(String path, Exception cause) {
    return new UnfitException(
        "What lies at %s in ZooKeeper is no registry of Proffer: give the cluster a path of its own in --zk."
            .formatted(path),
        cause);
  }
}
