package io.proffer.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A machine as commands name it: {@code HOST=IP}, both as its agents announce them.
 *
 * @param hostname in whatever case
 */
record Machine(String hostname, String ip) {
  static Machine of(JsonNode id) {
    return new Machine(id.path("hostname").asText(""), id.path("ip").asText(""));
  }

  static void put(List<Machine> machines, ArrayNode list) {
    for (var machine : machines) {
      var id = list.addObject();
      if (!machine.hostname.isEmpty()) {
        id.put("hostname", machine.hostname);
      }
      if (!machine.ip.isEmpty()) {
        id.put("ip", machine.ip);
      }
    }
  }

  boolean isSame(Machine other) {
    return hostname.toLowerCase(Locale.ROOT).equals(other.hostname.toLowerCase(Locale.ROOT))
        && ip.equals(other.ip);
  }

  @Override
  public String toString() {
    return hostname + "=" + ip;
  }

  static final class Converter implements ITypeConverter<Machine> {
    @Override
    public Machine convert(String text) {
      int sign = text.indexOf('=');
      if (sign < 1 || sign == text.length() - 1) {
        throw new TypeConversionException(
            "Expected HOST=IP like node7=10.0.0.7, both as 'proffer agents --json' shows them, but"
                + " got '"
                + text
                + "'");
      }
      return new Machine(text.substring(0, sign), text.substring(sign + 1));
    }
  }
}
