package io.proffer.api.files;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Files of two kinds: what the first does not show, the second may.
 *
 * @param second whose paths are none of the first's
 */
public record Together(ServedFiles first, ServedFiles second) implements ServedFiles {
  @Override
  public Optional<List<FileListing>> list(String requested) throws IOException {
    var found = first.list(requested);
    return found.isPresent() ? found : second.list(requested);
  }

  @Override
  public Optional<Content> open(String requested) throws IOException {
    var found = first.open(requested);
    return found.isPresent() ? found : second.open(requested);
  }

  @Override
  public SortedMap<String, String> attached() throws IOException {
    var all = new TreeMap<>(second.attached());
    all.putAll(first.attached());
    return all;
  }
}
