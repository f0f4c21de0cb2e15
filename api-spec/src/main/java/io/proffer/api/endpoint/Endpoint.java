package io.proffer.api.endpoint;

import com.google.protobuf.Message;
import java.util.List;
import java.util.Optional;

/**
 * One row of the route table.
 *
 * @param path without prefix, for example {@code /state}
 * @param reach under which prefixes it answers
 * @param methods the methods it insists on; empty when any will do
 * @param access whom it lets in, where the service asks who comes
 * @param call the message its body carries, for calls
 * @param answer what it sends
 * @param local true when a master that does not lead answers it itself
 * @param internal true for what masters and agents say to each other, which may be larger
 * @param summary one sentence for people
 * @param contract what it takes and sends beside its call
 */
public record Endpoint(
    String path,
    Reach reach,
    List<String> methods,
    Access access,
    Optional<Message> call,
    AnswerKind answer,
    boolean local,
    boolean internal,
    String summary,
    Contract contract) {

  /** Under which prefixes a path answers; the prefix of a master is {@code /master}. */
  public enum Reach {
    /** As {@code /X} only. */
    PLAIN,
    /** As {@code /X} and as {@code /PREFIX/X}. */
    BOTH
  }

  /** What an endpoint sends when all is well. */
  public enum AnswerKind {
    /** No body. */
    EMPTY,
    /** A JSON document; {@code jsonp} is understood. */
    JSON,
    /** A message in the media type the client accepts, or no body. */
    MESSAGE,
    /** Records without end, or no body, as the call says. */
    RECORDS,
    /** Files and pages. */
    FILE
  }

  public Endpoint {
    methods = List.copyOf(methods);
  }

  /** A call: a POST whose body is a message of this type. */
  static Endpoint call(
      String path,
      Access access,
      Message prototype,
      AnswerKind answer,
      String summary,
      Contract contract) {
    return new Endpoint(
        path,
        Reach.BOTH,
        List.of("POST"),
        access,
        Optional.of(prototype),
        answer,
        false,
        false,
        summary,
        contract);
  }

  /** A read that answers any method with JSON, as the reference's reads do. */
  static Endpoint read(String path, Access access, String summary, Contract contract) {
    return new Endpoint(
        path,
        Reach.BOTH,
        List.of(),
        access,
        Optional.empty(),
        AnswerKind.JSON,
        false,
        false,
        summary,
        contract);
  }

  /** A change that is asked for with a form, beside the call that does the same. */
  static Endpoint form(String path, Access access, String summary, Contract contract) {
    return new Endpoint(
        path,
        Reach.BOTH,
        List.of("POST"),
        access,
        Optional.empty(),
        AnswerKind.EMPTY,
        false,
        false,
        summary,
        contract);
  }

  /** The same endpoint, which insists on these methods. */
  Endpoint onlyBy(String... these) {
    return new Endpoint(
        path, reach, List.of(these), access, call, answer, local, internal, summary, contract);
  }

  /** Something of our own that a process does when it is asked to; no body either way. */
  static Endpoint action(String path, Access access, String summary) {
    return new Endpoint(
        path,
        Reach.PLAIN,
        List.of("POST"),
        access,
        Optional.empty(),
        AnswerKind.EMPTY,
        true,
        false,
        summary,
        Contract.NONE);
  }

  /** A page of our own, beside the API: any process answers it itself, and anybody. */
  static Endpoint page(String path, String summary, Contract contract) {
    return new Endpoint(
        path,
        Reach.PLAIN,
        List.of("GET", "HEAD"),
        Access.OPEN,
        Optional.empty(),
        AnswerKind.FILE,
        true,
        false,
        summary,
        contract);
  }

  /** The same endpoint without prefixed form. */
  Endpoint plainOnly() {
    return new Endpoint(
        path, Reach.PLAIN, methods, access, call, answer, local, internal, summary, contract);
  }

  /** The same endpoint, answered by any master. */
  Endpoint answeredLocally() {
    return new Endpoint(
        path, reach, methods, access, call, answer, true, internal, summary, contract);
  }

  /** The same endpoint with another kind of answer. */
  Endpoint answering(AnswerKind kind) {
    return new Endpoint(
        path, reach, methods, access, call, kind, local, internal, summary, contract);
  }

  /** The same endpoint, between masters and agents only. */
  Endpoint betweenOurselves() {
    return new Endpoint(
        path, Reach.PLAIN, methods, access, call, answer, local, true, summary, contract);
  }
}
