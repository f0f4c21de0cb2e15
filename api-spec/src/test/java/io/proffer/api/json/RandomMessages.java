package io.proffer.api.json;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Random;

/**
 * Messages with values of the odd kind, the same for the same seed. Fields with a default that JSON
 * writes are always set, since they come back from JSON set.
 */
final class RandomMessages {
  private static final int DEPTH = 4;
  private static final List<String> TEXTS =
      List.of("", "a", "ü€😀", "\"quoted\\\" /\n\t\u0001\u007f", "0", "null", "\u2028");
  private static final List<Long> LONGS = List.of(0L, 1L, -1L, Long.MAX_VALUE, Long.MIN_VALUE);
  private static final List<Double> DOUBLES =
      List.of(0.0, 4.0, 0.1, -0.001, 1e-5, 1.5e300, 1724673284.1234567, 1e16, 1e17, 123456.789);

  private RandomMessages() {}

  static Message of(Message prototype, long seed) {
    return of(prototype, new Random(seed), 0);
  }

  private static Message of(Message prototype, Random random, int depth) {
    Message.Builder builder = prototype.newBuilderForType();
    for (FieldDescriptor field : prototype.getDescriptorForType().getFields()) {
      boolean written = field.hasDefaultValue() && !field.getOptions().getDeprecated();
      boolean wanted = depth < DEPTH && random.nextInt(4) > 0;
      if (field.isMapField()) {
        if (wanted) {
          addEntries(builder, field, random, depth);
        }
      } else if (field.isRepeated()) {
        for (int i = wanted ? random.nextInt(3) : 0; i > 0; i--) {
          builder.addRepeatedField(field, value(builder, field, random, depth));
        }
      } else if (field.isRequired() || written || wanted) {
        builder.setField(field, value(builder, field, random, depth));
      }
    }
    return builder.build();
  }

  private static void addEntries(
      Message.Builder builder, FieldDescriptor field, Random random, int depth) {
    FieldDescriptor key = field.getMessageType().findFieldByName("key");
    FieldDescriptor value = field.getMessageType().findFieldByName("value");
    for (String name : List.of("", "k\"ü")) {
      Message.Builder entry = builder.newBuilderForField(field);
      entry.setField(key, name);
      entry.setField(value, value(entry, value, random, depth));
      builder.addRepeatedField(field, entry.build());
    }
  }

  private static Object value(
      Message.Builder owner, FieldDescriptor field, Random random, int depth) {
    return switch (field.getJavaType()) {
      case STRING -> pick(TEXTS, random);
      case LONG -> pick(LONGS, random);
      case INT -> pick(LONGS, random).intValue();
      case DOUBLE -> pick(DOUBLES, random);
      case FLOAT -> pick(DOUBLES, random).floatValue();
      case BOOLEAN -> random.nextBoolean();
      case BYTE_STRING -> ByteString.copyFromUtf8(pick(TEXTS, random));
      case ENUM -> anyOf(field.getEnumType().getValues(), random);
      case MESSAGE ->
          of(owner.newBuilderForField(field).getDefaultInstanceForType(), random, depth + 1);
    };
  }

  private static EnumValueDescriptor anyOf(List<EnumValueDescriptor> values, Random random) {
    return values.get(random.nextInt(values.size()));
  }

  private static <T> T pick(List<T> values, Random random) {
    return values.get(random.nextInt(values.size()));
  }
}
