package io.proffer.api.fuzz;

import io.proffer.api.recordio.RecordEncoder;
import io.proffer.api.recordio.RecordFormatException;
import io.proffer.api.recordio.RecordParser;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Streams of records: the same come out however the bytes are cut, none is larger than allowed, and
 * written again they are read again.
 */
public final class RecordsTarget implements FuzzTarget {
  private static final int MAX = 4096;

  @Override
  public void take(byte[] input) {
    var whole = read(input, input.length);
    for (var cut : new int[] {1, 3, 17}) {
      var pieces = read(input, cut);
      FuzzTarget.check(
          whole.isPresent() == pieces.isPresent(), "refused or not, by how bytes are cut");
      if (whole.isPresent()) {
        hold(whole.get(), pieces.get());
      }
    }
    if (whole.isPresent()) {
      var written = new ByteArrayOutputStream();
      whole.get().forEach(record -> written.writeBytes(RecordEncoder.encode(record)));
      hold(whole.get(), read(written.toByteArray(), Integer.MAX_VALUE).orElseThrow());
    }
  }

  private static void hold(List<byte[]> expected, List<byte[]> got) {
    FuzzTarget.check(expected.size() == got.size(), expected.size() + " became " + got.size());
    for (var i = 0; i < got.size(); i++) {
      FuzzTarget.check(Arrays.equals(expected.get(i), got.get(i)), "another record " + i);
      FuzzTarget.check(got.get(i).length <= MAX, "larger than allowed");
    }
  }

  private static Optional<List<byte[]>> read(byte[] input, int cut) {
    var parser = new RecordParser(MAX);
    var all = new ArrayList<byte[]>();
    try {
      var at = 0;
      while (at < input.length) {
        var next = cut >= input.length - at ? input.length : at + cut;
        all.addAll(parser.read(input, at, next));
        at = next;
      }
      return Optional.of(all);
    } catch (RecordFormatException broken) {
      return Optional.empty();
    }
  }

  @Override
  public List<byte[]> seeds() {
    return FuzzTarget.texts(
        "2\nab1\nx",
        "0\n",
        "12\n{\"type\":\"x\"}",
        "4097\n",
        "-1\nx",
        "007\n1234567",
        "\n",
        "99999999999999999999\n");
  }
}
