package io.proffer.api.endpoint;

import com.google.protobuf.Message;
import com.google.protobuf.ProtocolMessageEnum;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an endpoint takes and sends beside the message of its call. Nothing is routed by it: it is
 * for those who describe and check the API.
 *
 * @param parameters of the query and the headers
 * @param response the message of its whole answers, where they are messages
 * @param event the message of each record, where it streams
 * @param document the name of what its JSON document looks like
 * @param mediaType of its files and pages
 * @param unanswered the types of calls that are known and answered with 501 so far
 * @param writes the changes it makes, where it is no call
 */
public record Contract(
    List<Parameter> parameters,
    Optional<Message> response,
    Optional<Message> event,
    Optional<String> document,
    Optional<String> mediaType,
    List<String> unanswered,
    List<Write> writes) {

  /** Says nothing: an answer without body. */
  static final Contract NONE =
      new Contract(
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          List.of());

  public Contract {
    parameters = List.copyOf(parameters);
    unanswered = List.copyOf(unanswered);
    writes = List.copyOf(writes);
  }

  /** Answers are messages of this type. */
  static Contract message(Message response) {
    return new Contract(
        List.of(),
        Optional.of(response),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of());
  }

  /** Answers are a JSON document of this name. */
  static Contract document(String name) {
    return new Contract(
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(name),
        Optional.empty(),
        List.of(),
        List.of());
  }

  /** Answers are a file or page. */
  static Contract file(String mediaType) {
    return new Contract(
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(mediaType),
        List.of(),
        List.of());
  }

  /** The same, and some calls open a stream of these. */
  Contract streaming(Message event) {
    return new Contract(
        parameters, response, Optional.of(event), document, mediaType, unanswered, writes);
  }

  /** The same with these parameters. */
  Contract with(Parameter... these) {
    return new Contract(List.of(these), response, event, document, mediaType, unanswered, writes);
  }

  /** The same with a change that is asked for by a JSON body. */
  Contract writing(String method, String document, String example, String summary) {
    return writing(new Write(method, "", summary, Optional.of(new Write.Body(document, example))));
  }

  /** The same with this change. */
  Contract writing(Write write) {
    var all = new ArrayList<>(writes);
    all.add(write);
    return new Contract(parameters, response, event, document, mediaType, unanswered, all);
  }

  /** Whether it has a parameter of this name. */
  public boolean takes(String name) {
    return parameters.stream().anyMatch(parameter -> parameter.name().equals(name));
  }

  /** The same, with 501 for every type of call but these. */
  Contract answeringOnly(ProtocolMessageEnum[] types, ProtocolMessageEnum... answered) {
    var others = new ArrayList<String>();
    for (var type : types) {
      if (type.getNumber() != 0 && !List.of(answered).contains(type)) {
        others.add(type.getValueDescriptor().getName());
      }
    }
    return new Contract(parameters, response, event, document, mediaType, others, writes);
  }
}
