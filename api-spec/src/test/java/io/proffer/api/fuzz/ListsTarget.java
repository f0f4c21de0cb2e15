package io.proffer.api.fuzz;

import com.google.protobuf.Message;
import io.proffer.api.json.JsonCodec;
import io.proffer.api.json.JsonFormatException;
import io.proffer.api.v1.MachineID;
import io.proffer.api.v1.WeightInfo;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Bodies that are arrays: weights and machines. Nothing but an array is one, each of its members is
 * what it would be alone, and written again they are read again.
 */
public final class ListsTarget implements FuzzTarget {
  private static final List<Message> PROTOTYPES =
      List.of(WeightInfo.getDefaultInstance(), MachineID.getDefaultInstance());

  @Override
  public void take(byte[] input) {
    for (var prototype : PROTOTYPES) {
      List<Message> members;
      try {
        members = JsonCodec.decodeList(input, prototype);
      } catch (JsonFormatException documented) {
        FuzzTarget.check(!documented.getMessage().isBlank(), "a refusal without a sentence");
        continue;
      }
      FuzzTarget.check(
          new String(input, StandardCharsets.UTF_8).strip().startsWith("["), "no array");
      hold(members, prototype);
    }
  }

  private static void hold(List<Message> members, Message prototype) {
    var array = new ByteArrayOutputStream();
    array.write('[');
    // Unset fields with a default are written, so that these are compared.
    var alone = new ArrayList<Message>();
    try {
      for (var member : members) {
        var text = JsonCodec.encode(member);
        alone.add(JsonCodec.decode(text, prototype));
        if (array.size() > 1) {
          array.write(',');
        }
        array.writeBytes(text);
      }
      array.write(']');
      FuzzTarget.check(
          JsonCodec.decodeList(array.toByteArray(), prototype).equals(alone),
          "what was read is not what was written");
    } catch (JsonFormatException e) {
      throw new AssertionError(
          "what was written cannot be read: " + array.toString(StandardCharsets.UTF_8), e);
    }
  }

  @Override
  public List<byte[]> seeds() {
    return FuzzTarget.texts(
        "[{\"role\":\"r\",\"weight\":2.5},{\"weight\":1e308}]",
        "[{\"hostname\":\"h\",\"ip\":\"10.0.0.1\"},{}]",
        " [ ] ",
        "[{}",
        "[{},]",
        "[[{}]]",
        "[null]",
        "[1, \"a\"]",
        "[{}]x",
        "{\"role\":\"r\",\"weight\":2}",
        "[".repeat(1100) + "]".repeat(1100),
        "[{\"x\":" + "[".repeat(1100) + "]".repeat(1100) + "}]");
  }
}
