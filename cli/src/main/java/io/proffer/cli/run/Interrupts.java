package io.proffer.cli.run;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C, told each time: the JVM itself hears only the first, and a second one is for the
 * impatient.
 */
final class Interrupts {
  /** What a shell sees of a program that SIGINT ended: 128 and the number of the signal. */
  static final int EXIT = 130;

  private Interrupts() {}

  /**
   * From now on the first SIGINT ends the process orderly with {@link #EXIT}, and each later one
   * calls {@code again}. Where signals cannot be handled, all stays as the JVM does it.
   */
  static void handle(Runnable again) {
    var first = new AtomicBoolean(true);
    onSignal(
        "INT",
        () -> {
          if (first.getAndSet(false)) {
            System.exit(EXIT);
          } else {
            again.run();
          }
        });
  }

  /** By reflection: the class is there for all to use, but javac's warning cannot be allowed. */
  private static void onSignal(String name, Runnable action) {
    try {
      var signal = Class.forName("sun.misc.Signal");
      var handler = Class.forName("sun.misc.SignalHandler");
      var proxy =
          Proxy.newProxyInstance(
              Interrupts.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) ->
                  switch (method.getName()) {
                    case "handle" -> {
                      action.run();
                      yield null;
                    }
                    case "hashCode" -> System.identityHashCode(self);
                    case "equals" -> self == arguments[0];
                    default -> "SIG" + name;
                  });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException unavailable) {
      // A JVM without this class, or one told to leave signals alone (-Xrs): its own way remains.
      System.getLogger(Interrupts.class.getName())
          .log(System.Logger.Level.DEBUG, "SIG" + name + " is left to the JVM", unavailable);
    }
  }
}
