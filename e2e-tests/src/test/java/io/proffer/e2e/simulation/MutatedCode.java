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

  MutatedCode(Mutation mutation) {
    super(MutatedCode.class.getClassLoader());
    this.mutation = mutation;
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
    try (var in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      var bytes = in.readAllBytes();
      if (name.equals(mutation.className())) {
        bytes = mutation.apply(bytes);
      }
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
