package io.proffer.kernel;

import java.lang.reflect.Proxy;
import java.util.List;

/** Signals of the operating system that a process takes in its own way. */
public final class Signals {
  /** Those that a JVM goes on ignoring when it was started so; of others it takes the handler. */
  private static final List<String> LEFT_IGNORED = List.of("HUP", "INT", "TERM");

  private Signals() {}

  /**
   * Calls {@code action}, on a thread of the JVM, for each signal of this name from now on. Where
   * signals cannot be handled, all stays as the JVM does it.
   *
   * @param name without SIG, like {@code USR1}
   * @return whether it will be called: not where signals cannot be handled, nor where this process
   *     was started with the signal ignored, as nohup starts it with SIGHUP
   */
  public static boolean on(String name, Runnable action) {
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
      var before =
          signal
              .getMethod("handle", signal, handler)
              .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
      var ignored = handler.getField("SIG_IGN").get(null);
      return before != ignored || !LEFT_IGNORED.contains(name);
    } catch (ReflectiveOperationException unavailable) {
      // A JVM without this class, or one told to leave signals alone (-Xrs): its own way remains.
      System.getLogger(Signals.class.getName())
          .log(System.Logger.Level.DEBUG, "SIG" + name + " is left to the JVM", unavailable);
      return false;
    }
  }
}
