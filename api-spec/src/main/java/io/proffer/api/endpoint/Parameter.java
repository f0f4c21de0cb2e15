package io.proffer.api.endpoint;

/**
 * A parameter of an endpoint, or a header of its answer, for whoever describes it.
 *
 * @param place where it stands
 * @param type what its text holds
 * @param summary one sentence for people
 */
public record Parameter(Place place, String name, Type type, boolean required, String summary) {

  /** Where a parameter stands. */
  public enum Place {
    QUERY,
    HEADER,
    /** In the body, which is a form. */
    FORM,
    /** In the answer that opens a stream. */
    STREAM_HEADER
  }

  /** What the text of a parameter holds. */
  public enum Type {
    TEXT,
    INTEGER
  }

  /** An optional parameter of the query, as text. */
  static Parameter query(String name, String summary) {
    return new Parameter(Place.QUERY, name, Type.TEXT, false, summary);
  }

  /** An optional parameter of the query, as a whole number. */
  static Parameter number(String name, String summary) {
    return new Parameter(Place.QUERY, name, Type.INTEGER, false, summary);
  }

  /** A field of the form in the body, without which there is no answer. */
  static Parameter form(String name, String summary) {
    return new Parameter(Place.FORM, name, Type.TEXT, true, summary);
  }

  /** A header of requests; which of them need it, the summary says. */
  static Parameter header(String name, String summary) {
    return new Parameter(Place.HEADER, name, Type.TEXT, false, summary);
  }

  /** A header of the answer that opens a stream. */
  static Parameter streamHeader(String name, String summary) {
    return new Parameter(Place.STREAM_HEADER, name, Type.TEXT, true, summary);
  }

  /** The same parameter, without which there is no answer. */
  Parameter always() {
    return new Parameter(place, name, type, true, summary);
  }
}
