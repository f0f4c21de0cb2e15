package io.proffer.e2e.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The product and the simulator once more, with one mistake in them. */
final class MutatedCode extends ClassLoader {
  private static final List<String> OWN =
      List.of(
          "io.proffer.kernel.",
          "io.proffer.master.",
          "io.proffer.agent.",
          "io.proffer.e2e.simulation.");

  private final Mutation mutation;
  private final byte[] mutated;

  MutatedCode(Mutation mutation) {
    super(MutatedCode.class.getClassLoader());
    this.mutation = mutation;
    // At once: a mistake that can no longer be made must not look like one that was found.
    this.mutated = mutation.apply(bytes(mutation.className()));
  }

  /** What the simulator says of a seed; empty when it finds nothing wrong. */
  String verdict(long seed) {
    try {
      var method = loadClass(Run.class.getName()).getDeclaredMethod("verdict", long.class);
      method.setAccessible(true);
      return (String) method.invoke(null, seed);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(mutation + " cannot be tried", e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      if (OWN.stream().noneMatch(name::startsWith)) {
        return super.loadClass(name, resolve);
      }
      var loaded = findLoadedClass(name);
      return loaded != null ? loaded : define(name);
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    var bytes = name.equals(mutation.className()) ? mutated : bytes(name);
    if (bytes.length == 0) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  /** As it was compiled; empty when there is no such class. */
  private byte[] bytes(String name) {
    try (var in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      return in == null ? new byte[0] : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
