package io.proffer.master.rows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One row of a table: lines of {@code key value}, up to an empty line. A line that begins with
 * spaces goes on where the one before ended, after one space; one with {@code #} is for the reader.
 */
public record Row(String table, int line, Map<String, String> fields) {

  /** All rows of a table of this package; keys that are not among the known ones are mistakes. */
  public static List<Row> all(String table, Set<String> keys) {
    var rows = new ArrayList<Row>();
    var fields = new LinkedHashMap<String, String>();
    var lines = read(table).lines().toList();
    var last = "";
    for (int i = 0; i <= lines.size(); i++) {
      var line = i < lines.size() ? lines.get(i) : "";
      if (line.startsWith("#")) {
        continue;
      }
      if (line.isBlank()) {
        if (!fields.isEmpty()) {
          rows.add(new Row(table, i + 1 - fields.size(), Map.copyOf(fields)));
          fields.clear();
        }
      } else if (line.startsWith(" ")) {
        fields.merge(last, " " + line.strip(), String::concat);
      } else {
        var parts = line.strip().split(" +", 2);
        last = parts[0];
        if (!keys.contains(last) || fields.containsKey(last)) {
          throw new IllegalArgumentException(
              table + ":" + (i + 1) + ": expected one of " + keys + ", each once, got " + last);
        }
        fields.put(last, parts.length > 1 ? parts[1] : "");
      }
    }
    return rows;
  }

  /** The value of a key the row must have. */
  public String get(String key) {
    return find(key)
        .orElseThrow(() -> new IllegalArgumentException(this + ": expected the key " + key));
  }

  /** The value of a key the row may have. */
  public Optional<String> find(String key) {
    return Optional.ofNullable(fields.get(key));
  }

  /** Whether the row has the key. */
  public boolean has(String key) {
    return fields.containsKey(key);
  }

  @Override
  public String toString() {
    return table + ":" + line + " " + fields;
  }

  private static String read(String table) {
    try (var in = Row.class.getResourceAsStream(table)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
