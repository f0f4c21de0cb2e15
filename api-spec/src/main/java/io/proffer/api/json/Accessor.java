package io.proffer.api.json;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;

/**
 * The generated methods of one field, found once by name: reading goes through the message class,
 * writing through its builder. The descriptor's own {@code getField} would look the method up and
 * convert enums each time.
 */
final class Accessor {
  private static final MethodHandle HAS_FIELD = hasField();

  private final MethodHandle present;
  private final MethodHandle get;
  private final MethodHandle put;
  private final Class<?> valueClass;

  private Accessor(MethodHandle present, MethodHandle get, MethodHandle put, Class<?> valueClass) {
    this.present = present;
    this.get = get;
    this.put = put;
    this.valueClass = valueClass;
  }

  /**
   * For a singular field get and set; for a repeated one the list and an add of one element; for a
   * map the map and a put of a whole map.
   */
  static Accessor of(Class<?> message, Class<?> builder, FieldDescriptor field) {
    String name = camelCase(field.getName());
    try {
      if (field.isMapField()) {
        return new Accessor(
            handle(message.getMethod("get" + name + "Count"), int.class),
            handle(message.getMethod("get" + name + "Map"), Object.class),
            setter(method(builder, "putAll" + name, 1)),
            Object.class);
      }
      if (field.isRepeated()) {
        Class<?> element = message.getMethod("get" + name, int.class).getReturnType();
        return new Accessor(
            handle(message.getMethod("get" + name + "Count"), int.class),
            handle(message.getMethod("get" + name + "List"), Object.class),
            setter(builder.getMethod("add" + name, element)),
            element);
      }
      Method getter = message.getMethod("get" + name);
      return new Accessor(
          field.hasPresence()
              ? handle(message.getMethod("has" + name), boolean.class)
              // google.protobuf.Duration is proto3: its fields are present when they are not zero.
              : HAS_FIELD.bindTo(field).asType(MethodType.methodType(boolean.class, Message.class)),
          handle(getter, Object.class),
          setter(builder.getMethod("set" + name, getter.getReturnType())),
          getter.getReturnType());
    } catch (NoSuchMethodException | IllegalAccessException e) {
      throw new IllegalStateException("No generated methods for " + field.getFullName(), e);
    }
  }

  /** Class of the values of a map field. */
  static Class<?> mapValueClass(Class<?> builder, FieldDescriptor field) {
    try {
      return method(builder, "put" + camelCase(field.getName()), 2).getParameterTypes()[1];
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("No generated methods for " + field.getFullName(), e);
    }
  }

  private static MethodHandle hasField() {
    try {
      var handle =
          MethodHandles.publicLookup()
              .findVirtual(
                  Message.class,
                  "hasField",
                  MethodType.methodType(boolean.class, FieldDescriptor.class));
      return MethodHandles.permuteArguments(
          handle, MethodType.methodType(boolean.class, FieldDescriptor.class, Message.class), 1, 0);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static Method method(Class<?> owner, String name, int parameters)
      throws NoSuchMethodException {
    for (Method method : owner.getMethods()) {
      if (method.getName().equals(name) && method.getParameterCount() == parameters) {
        return method;
      }
    }
    throw new NoSuchMethodException(owner + "." + name);
  }

  private static MethodHandle handle(Method method, Class<?> result) throws IllegalAccessException {
    return MethodHandles.publicLookup()
        .unreflect(method)
        .asType(MethodType.methodType(result, Message.class));
  }

  private static MethodHandle setter(Method method) throws IllegalAccessException {
    return MethodHandles.publicLookup()
        .unreflect(method)
        .asType(MethodType.methodType(void.class, Message.Builder.class, Object.class));
  }

  /** As protoc names accessors: a letter after an underscore or a digit is a capital. */
  private static String camelCase(String name) {
    StringBuilder camel = new StringBuilder(name.length());
    boolean capital = true;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = Character.isLetter(c);
      if (letter || Character.isDigit(c)) {
        camel.append(capital ? Character.toUpperCase(c) : c);
      }
      capital = !letter;
    }
    return camel.toString();
  }

  /** Class of a single value: of the field, or of one element of a repeated field. */
  Class<?> valueClass() {
    return valueClass;
  }

  boolean has(Message message) {
    try {
      return (boolean) present.invokeExact(message);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  int count(Message message) {
    try {
      return (int) present.invokeExact(message);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  Object get(Message message) {
    try {
      return (Object) get.invokeExact(message);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  void put(Message.Builder builder, Object value) {
    try {
      put.invokeExact(builder, value);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  private static RuntimeException broken(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
  }
}
