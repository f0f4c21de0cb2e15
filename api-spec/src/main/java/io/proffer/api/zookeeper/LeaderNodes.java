package io.proffer.api.zookeeper;

import com.fasterxml.jackson.core.JsonFactory;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.proffer.api.json.JsonCodec;
import io.proffer.api.json.JsonFormatException;
import io.proffer.api.v1.MasterInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How masters stand in ZooKeeper: names and data of their nodes, byte for byte as the reference
 * writes them, so that tools which look for its leader find ours (lifecycle, section 2;
 * json-shapes, section 10).
 */
public final class LeaderNodes {
  /** What names of masters begin with; the servers add ten digits. */
  public static final String LABEL = "json.info_";

  private static final String BINARY_LABEL = "info_";
  private static final JsonFactory JSON = new JsonFactory();

  private LeaderNodes() {}

  /** The number of a candidate's node; empty for names of other things. */
  public static Optional<Long> sequence(String name) {
    var label = name.substring(0, name.lastIndexOf('_') + 1);
    var digits = name.substring(label.length());
    if (!(label.equals(LABEL) || label.equals(BINARY_LABEL))
        || digits.isEmpty()
        || digits.length() > 10
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    return Optional.of(Long.parseLong(digits));
  }

  /** The name of the one that leads: of the smallest number. */
  public static Optional<String> first(List<String> names) {
    return names.stream()
        .filter(name -> sequence(name).isPresent())
        .min(Comparator.comparing(name -> sequence(name).orElseThrow()));
  }

  /** The data of a master's node: JSON, keys in the order of the alphabet, no white space. */
  public static ByteString write(MasterInfo info) {
    var out = new ByteArrayOutputStream();
    try (var json = JSON.createGenerator(out)) {
      json.writeStartObject();
      // Fields of these messages are in the order of the alphabet as they are.
      json.writeFieldName("address");
      JsonCodec.write(info.getAddress(), json);
      json.writeArrayFieldStart("capabilities");
      for (var capability : info.getCapabilitiesList()) {
        JsonCodec.write(capability, json);
      }
      json.writeEndArray();
      if (info.hasDomain()) {
        json.writeFieldName("domain");
        JsonCodec.write(info.getDomain(), json);
      }
      json.writeStringField("hostname", info.getHostname());
      json.writeStringField("id", info.getId());
      json.writeNumberField("ip", Integer.toUnsignedLong(info.getIp()));
      json.writeStringField("pid", info.getPid());
      json.writeNumberField("port", Integer.toUnsignedLong(info.getPort()));
      json.writeStringField("version", info.getVersion());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Memory does not fail.
    }
    return ByteString.copyFrom(out.toByteArray());
  }

  /**
   * The master behind a node.
   *
   * @return empty when the data is none of a master
   */
  public static Optional<MasterInfo> read(String name, ByteString data) {
    try {
      return Optional.of(
          name.startsWith(LABEL)
              ? JsonCodec.decode(data.toByteArray(), MasterInfo.getDefaultInstance())
              : MasterInfo.parseFrom(data));
    } catch (InvalidProtocolBufferException | JsonFormatException e) {
      return Optional.empty();
    }
  }

  /** Where it serves, {@code HOST:PORT}, brackets around IPv6. */
  public static String authority(MasterInfo info) {
    var host = info.hasAddress() ? info.getAddress().getIp() : ip(info.getIp());
    var port = info.hasAddress() ? info.getAddress().getPort() : info.getPort();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /** As old masters write it: the lowest byte first. */
  private static String ip(int bytes) {
    return "%d.%d.%d.%d"
        .formatted(bytes & 0xff, bytes >>> 8 & 0xff, bytes >>> 16 & 0xff, bytes >>> 24);
  }
}
