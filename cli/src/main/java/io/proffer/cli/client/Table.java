package io.proffer.cli.client;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Rows under headings, each column as wide as its widest cell. */
public final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... headings) {
    rows.add(List.of(headings));
  }

  public void row(String... cells) {
    rows.add(Stream.of(cells).map(Printable::of).toList());
  }

  @Override
  public String toString() {
    var widths = new int[rows.getFirst().size()];
    for (var row : rows) {
      for (int column = 0; column < row.size(); column++) {
        widths[column] = Math.max(widths[column], length(row.get(column)));
      }
    }
    var text = new StringBuilder();
    for (var row : rows) {
      var line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        line.append(row.get(column));
        line.repeat(' ', widths[column] - length(row.get(column)) + 2);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
