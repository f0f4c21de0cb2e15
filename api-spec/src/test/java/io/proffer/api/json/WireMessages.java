package io.proffer.api.json;

import com.google.protobuf.GeneratedMessage;
import com.google.protobuf.Internal;
import com.google.protobuf.Message;
import io.proffer.api.v1.scheduler.Call;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The default instances of all message types generated from our .proto files, by class name. */
public final class WireMessages {
  private WireMessages() {}

  public static List<Message> all() {
    try {
      Path classes =
          Path.of(Call.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      try (Stream<Path> files = Files.walk(classes.resolve("io/proffer/api"))) {
        return files
            .map(file -> classes.relativize(file).toString())
            .filter(name -> name.endsWith(".class") && !name.endsWith("$Builder.class"))
            .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
            .sorted()
            .map(WireMessages::load)
            .filter(type -> GeneratedMessage.class.isAssignableFrom(type))
            .map(type -> Internal.getDefaultInstance(type.asSubclass(GeneratedMessage.class)))
            .map(Message.class::cast)
            .toList();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, WireMessages.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
