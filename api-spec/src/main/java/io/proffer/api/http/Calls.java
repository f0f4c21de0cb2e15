package io.proffer.api.http;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.proffer.api.json.JsonCodec;
import io.proffer.api.json.JsonFormatException;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Turns bodies into calls (scheduler-api, section 1, rows 5 to 7), and messages into bytes. */
public final class Calls {
  private Calls() {}

  /**
   * Reads the body as a message of the prototype's type; refuses it with the documented text
   * otherwise.
   */
  public static <M extends Message> void read(
      Exchange exchange, M prototype, BiConsumer<M, MediaType> then) {
    var contentType = exchange.header("Content-Type");
    if (contentType.isEmpty()) {
      exchange.answer(Answer.text(400, "Expecting 'Content-Type' to be present"));
      return;
    }
    var type = MediaType.ofContent(contentType.get());
    if (type.isEmpty()) {
      exchange.answer(
          Answer.text(
              415, "Expecting 'Content-Type' of application/json or application/x-protobuf"));
      return;
    }
    decode(exchange, prototype, type.get(), then);
  }

  /** 406 with the text of master and agent, for an {@code Accept} that allows no media type. */
  public static Answer notAcceptable() {
    return Answer.text(
        406, "Expecting 'Accept' to allow 'application/x-protobuf' or 'application/json'");
  }

  /** The media type the client of this exchange accepts. */
  public static Optional<MediaType> accepted(Exchange exchange) {
    return MediaType.accepted(exchange.header("Accept"));
  }

  /** A message in a media type. */
  public static byte[] encode(Message message, MediaType type) {
    return switch (type) {
      case JSON -> JsonCodec.encode(message);
      case PROTOBUF -> message.toByteArray();
    };
  }

  private static <M extends Message> void decode(
      Exchange exchange, M prototype, MediaType type, BiConsumer<M, MediaType> then) {
    var refusal = exchange.admit(() -> weight(exchange.body(), prototype, type));
    if (refusal.isPresent()) {
      exchange.answer(refusal.get());
      return;
    }
    var name = prototype.getDescriptorForType().getName();
    M call;
    try {
      call =
          switch (type) {
            case JSON -> JsonCodec.decode(exchange.body(), prototype);
            case PROTOBUF -> parse(exchange.body(), prototype);
          };
    } catch (JsonFormatException e) {
      exchange.answer(Answer.text(400, e.sentence(name)));
      return;
    } catch (InvalidProtocolBufferException e) {
      exchange.answer(Answer.text(400, "Failed to parse body into " + name + " protobuf"));
      return;
    }
    exchange.decoded(call);
    then.accept(call, type);
  }

  private static long weight(byte[] body, Message prototype, MediaType type) {
    return switch (type) {
      case JSON -> MessageWeight.ofJson(body);
      case PROTOBUF -> MessageWeight.ofProtobuf(body, prototype.getDescriptorForType());
    };
  }

  @SuppressWarnings("unchecked") // A parser gives what its prototype is.
  private static <M extends Message> M parse(byte[] body, M prototype)
      throws InvalidProtocolBufferException {
    return (M) prototype.getParserForType().parseFrom(body);
  }
}
