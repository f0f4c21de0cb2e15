package io.proffer.api.legacy;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.Message;
import io.proffer.api.json.JsonCodec;
import io.proffer.api.json.JsonNumbers;
import io.proffer.api.resource.LegacyResources;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.CommandInfo;
import io.proffer.api.v1.Labels;
import java.io.IOException;

/** Fields that several objects of the older endpoints have. */
public final class LegacyJson {
  private LegacyJson() {}

  /** The sums by name, whatever they are reserved for ({@link LegacyResources}). */
  public static void resources(JsonGenerator json, String name, Resources resources)
      throws IOException {
    json.writeObjectFieldStart(name);
    LegacyResources.show(resources, new Fields(json));
    json.writeEndObject();
  }

  /** The field {@code labels}. */
  public static void labels(JsonGenerator json, Labels labels) throws IOException {
    json.writeArrayFieldStart("labels");
    for (var label : labels.getLabelsList()) {
      JsonCodec.write(label, json);
    }
    json.writeEndArray();
  }

  /** The field {@code command}; {@code argv} and {@code uris} also when there are none. */
  public static void command(JsonGenerator json, CommandInfo command) throws IOException {
    json.writeObjectFieldStart("command");
    if (command.hasShell()) {
      json.writeBooleanField("shell", command.getShell());
    }
    if (command.hasValue()) {
      json.writeStringField("value", command.getValue());
    }
    json.writeArrayFieldStart("argv");
    for (var argument : command.getArgumentsList()) {
      json.writeString(argument);
    }
    json.writeEndArray();
    if (command.hasEnvironment()) {
      message(json, "environment", command.getEnvironment());
    }
    json.writeArrayFieldStart("uris");
    for (var uri : command.getUrisList()) {
      json.writeStartObject();
      json.writeStringField("value", uri.getValue());
      json.writeBooleanField("executable", uri.getExecutable());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** A field that is a message as the v1 API writes it. */
  static void message(JsonGenerator json, String name, Message message) throws IOException {
    json.writeFieldName(name);
    JsonCodec.write(message, json);
  }

  private record Fields(JsonGenerator json) implements LegacyResources.Sink {
    @Override
    public void number(String name, double value) throws IOException {
      JsonNumbers.writeField(name, value, json);
    }

    @Override
    public void text(String name, String value) throws IOException {
      json.writeStringField(name, value);
    }
  }
}
