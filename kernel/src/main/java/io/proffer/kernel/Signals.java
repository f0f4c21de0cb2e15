package io.proffer.kernel;

import java.lang.reflect.Proxy;

/** Signals of the operating system that a process takes in its own way. */
public final class Signals {
  private Signals() {}

  /**
   * Calls {@code action}, on a thread of the JVM, for each signal of this name from now on. Where
   * signals cannot be handled, all stays as the JVM does it.
   *
   * @param name without SIG, like {@code USR1}
   */
  public static void on(String name, Runnable action) {
    // By reflection: the class is there for all to use, but javac's warning cannot be allowed.
    try {
      var signal = Class.forName("sun.misc.Signal");
      var handler = Class.forName("sun.misc.SignalHandler");
      var proxy =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
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
      System.getLogger(Signals.class.getName())
          .log(System.Logger.Level.DEBUG, "SIG" + name + " is left to the JVM", unavailable);
    }
  }
}
