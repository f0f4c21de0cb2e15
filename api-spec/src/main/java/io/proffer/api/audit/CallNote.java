package io.proffer.api.audit;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a call was about: its type, and the ids of frameworks, agents and tasks in it. Of many, and
 * of very large calls, the first.
 *
 * @param type by its name; empty where the message has none
 * @param ids by what they are of, {@code frameworks}, {@code agents} or {@code tasks}; no empty
 *     lists
 * @param isWhole whether all ids are there
 */
public record CallNote(String type, SortedMap<String, List<String>> ids, boolean isWhole) {
  private static final Map<String, String> KINDS =
      Map.of("FrameworkID", "frameworks", "AgentID", "agents", "TaskID", "tasks");

  private static final int MAX_IDS = 32;
  private static final int MAX_MESSAGES = 4096;
  private static final int MAX_DEPTH = 32;

  /** Ids come from strangers, and may be as long as a call. */
  static final int MAX_TEXT = 256;

  /** Reads a call. */
  public static CallNote of(Message call) {
    var walk = new Walk();
    walk.visit(call, 0);
    return new CallNote(type(call), walk.ids, walk.isWhole);
  }

  /** The beginning of a text that may be long. */
  static String cut(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "...";
  }

  private static String type(Message call) {
    var field = call.getDescriptorForType().findFieldByName("type");
    return field != null
            && field.getType() == FieldDescriptor.Type.ENUM
            && call.hasField(field)
            && call.getField(field) instanceof EnumValueDescriptor value
        ? value.getName()
        : "";
  }

  private static final class Walk {
    private final SortedMap<String, List<String>> ids = new TreeMap<>();
    private int messages;
    private boolean isWhole = true;

    void visit(Message message, int depth) {
      if (++messages > MAX_MESSAGES || depth > MAX_DEPTH) {
        isWhole = false;
        return;
      }
      var kind = KINDS.get(message.getDescriptorForType().getName());
      if (kind != null) {
        add(kind, message);
        return;
      }
      for (var field : message.getAllFields().entrySet()) {
        if (field.getKey().getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
          continue;
        }
        if (field.getValue() instanceof List<?> list) {
          for (var element : list) {
            visit((Message) element, depth + 1);
            if (messages > MAX_MESSAGES) {
              return;
            }
          }
        } else {
          visit((Message) field.getValue(), depth + 1);
        }
      }
    }

    private void add(String kind, Message id) {
      var value = cut((String) id.getField(id.getDescriptorForType().findFieldByName("value")));
      var known = ids.computeIfAbsent(kind, unseen -> new ArrayList<>());
      if (known.contains(value)) {
        return;
      }
      if (known.size() < MAX_IDS) {
        known.add(value);
      } else {
        isWhole = false;
      }
    }
  }
}
