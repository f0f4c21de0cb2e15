package io.proffer.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.InvalidProtocolBufferException;
import io.proffer.api.json.JsonCodec;
import io.proffer.api.json.JsonFormatException;
import io.proffer.api.v1.scheduler.Call;
import io.proffer.api.v1.scheduler.Event;
import java.nio.charset.StandardCharsets;

/** How a scheduler writes its calls and reads its events; tests see documents either way. */
public enum Form {
  /** As a stranger does: nothing of the project's own codecs. */
  JSON("application/json") {
    @Override
    byte[] encode(JsonNode call) {
      return call.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    JsonNode decode(byte[] event) {
      return Json.parse(new String(event, StandardCharsets.UTF_8));
    }
  },

  /** Bytes of messages. */
  PROTOBUF("application/x-protobuf") {
    @Override
    byte[] encode(JsonNode call) {
      try {
        return JsonCodec.decode(JSON.encode(call), Call.getDefaultInstance()).toByteArray();
      } catch (JsonFormatException e) {
        throw new AssertionError("no call: " + call, e);
      }
    }

    @Override
    JsonNode decode(byte[] event) {
      try {
        return JSON.decode(JsonCodec.encode(Event.parseFrom(event)));
      } catch (InvalidProtocolBufferException e) {
        throw new AssertionError("no event: " + e.getMessage(), e);
      }
    }
  };

  private final String mediaType;

  Form(String mediaType) {
    this.mediaType = mediaType;
  }

  String mediaType() {
    return mediaType;
  }

  abstract byte[] encode(JsonNode call);

  abstract JsonNode decode(byte[] event);
}
