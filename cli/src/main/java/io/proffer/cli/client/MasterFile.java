package io.proffer.cli.client;

import io.proffer.api.tls.TlsStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Masters whose place stands in a file, which may change. */
final class MasterFile implements Masters {
  private static final String SCHEME = "file://";

  private final Path path;
  private final boolean isEncrypted;
  private final Optional<TlsStore> zooKeeper;
  private Optional<Content> last = Optional.empty();

  private record Content(String text, Masters masters) {}

  private MasterFile(Path path, boolean isEncrypted, Optional<TlsStore> zooKeeper) {
    this.path = path;
    this.isEncrypted = isEncrypted;
    this.zooKeeper = zooKeeper;
  }

  static boolean isMeantBy(String text) {
    return text.startsWith(SCHEME);
  }

  static MasterFile parse(String text, boolean isEncrypted, Optional<TlsStore> zooKeeper) {
    return new MasterFile(Path.of(text.substring(SCHEME.length())), isEncrypted, zooKeeper);
  }

  @Override
  public <T> T ask(Call<T> call) throws ClientException {
    return masters().ask(call);
  }

  /** What is known of them is kept while the file says the same. */
  private synchronized Masters masters() throws ClientException {
    try {
      var text = Files.readString(path, StandardCharsets.UTF_8).strip();
      if (last.isEmpty() || !last.get().text().equals(text)) {
        last =
            Optional.of(
                new Content(text, Masters.parseOutsideOfFile(text, isEncrypted, zooKeeper)));
      }
      return last.get().masters();
    } catch (IllegalArgumentException wrong) {
      throw ClientException.unusable("In " + path + " (--master): " + wrong.getMessage() + ".");
    } catch (IOException unreadable) {
      throw ClientException.unusable(
          "Cannot read %s (--master): %s.".formatted(path, unreadable.getClass().getSimpleName()));
    }
  }
}
