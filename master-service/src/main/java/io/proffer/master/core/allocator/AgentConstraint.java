package io.proffer.master.core.allocator;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.proffer.api.resource.Attributes;
import io.proffer.api.v1.Attribute;
import io.proffer.api.v1.DomainInfo;
import io.proffer.api.v1.Value;
import io.proffer.api.v1.scheduler.AttributeConstraint;
import io.proffer.api.v1.scheduler.AttributeConstraint.Selector.PseudoattributeType;
import java.util.List;
import java.util.function.Predicate;

/**
 * One constraint: which text of an agent it looks at, and what must be true of it.
 *
 * <p>An attribute that is there but not a text passes all four text predicates: a framework that
 * compares texts has no say about numbers.
 */
record AgentConstraint(Selector selector, Presence presence, Predicate<String> text) {
  private static final int LARGEST_PROGRAM = 100;

  /**
   * Longer patterns are not even tried: compiling takes memory in proportion to them, and only a
   * class of thousands of letters could keep such a pattern within the largest program.
   */
  private static final int LONGEST_PATTERN = 10_000;

  /** Well above the largest program, so that the compiler has the say wherever it can be asked. */
  private static final long HEAVIEST_TRIED = 10L * LARGEST_PROGRAM;

  /** A constraint that is not one; the message is the protocol's text. */
  static final class InvalidConstraint extends Exception {
    InvalidConstraint(String message) {
      super(message);
    }
  }

  /** Which text of the agent. */
  private sealed interface Selector {
    record Named(String attribute) implements Selector {}

    record Pseudo(PseudoattributeType type) implements Selector {}
  }

  /** What follows from the attribute being there or not. */
  private enum Presence {
    /** EXISTS: nothing more is asked. */
    REQUIRED,
    /** NOT_EXISTS. */
    FORBIDDEN,
    /** Positive text predicates: there, and the text must pass. */
    REQUIRED_TEXT,
    /** Negative text predicates: absent, or the text must pass. */
    ABSENT_OR_TEXT
  }

  static AgentConstraint compile(AttributeConstraint message) throws InvalidConstraint {
    var selector = selector(message.getSelector());
    var predicate = message.getPredicate();
    return switch (predicate.getPredicateCase()) {
      case EXISTS -> new AgentConstraint(selector, Presence.REQUIRED, any -> true);
      case NOT_EXISTS -> new AgentConstraint(selector, Presence.FORBIDDEN, any -> true);
      case TEXT_EQUALS -> {
        var wanted = predicate.getTextEquals().getValue();
        yield new AgentConstraint(selector, Presence.REQUIRED_TEXT, wanted::equals);
      }
      case TEXT_NOT_EQUALS -> {
        var unwanted = predicate.getTextNotEquals().getValue();
        yield new AgentConstraint(
            selector, Presence.ABSENT_OR_TEXT, text -> !unwanted.equals(text));
      }
      case TEXT_MATCHES -> {
        var wanted = pattern(predicate.getTextMatches().getRegex());
        yield new AgentConstraint(selector, Presence.REQUIRED_TEXT, wanted::matches);
      }
      case TEXT_NOT_MATCHES -> {
        var unwanted = pattern(predicate.getTextNotMatches().getRegex());
        yield new AgentConstraint(
            selector, Presence.ABSENT_OR_TEXT, text -> !unwanted.matches(text));
      }
      case PREDICATE_NOT_SET -> throw new InvalidConstraint("Unknown predicate type");
    };
  }

  private static Selector selector(AttributeConstraint.Selector message) throws InvalidConstraint {
    return switch (message.getSelectorCase()) {
      case ATTRIBUTE_NAME -> new Selector.Named(message.getAttributeName());
      case PSEUDOATTRIBUTE_TYPE -> {
        if (message.getPseudoattributeType() == PseudoattributeType.UNKNOWN) {
          throw new InvalidConstraint("Unknown pseudoattribute type");
        }
        yield new Selector.Pseudo(message.getPseudoattributeType());
      }
      case SELECTOR_NOT_SET ->
          throw new InvalidConstraint(
              "Exactly one of 'AttributeConstraint::Selector::name' or"
                  + " 'AttributeConstraint::Selector::pseudoattribute_type' must be set");
    };
  }

  private static Pattern pattern(String regex) throws InvalidConstraint {
    if (regex.length() > LONGEST_PATTERN) {
      throw new InvalidConstraint(
          "Failed to construct regex from pattern '"
              + regex.substring(0, 100)
              + "...': pattern has "
              + regex.length()
              + " characters, at most "
              + LONGEST_PATTERN
              + " are allowed");
    }
    long weight = PatternWeight.of(regex);
    if (weight > HEAVIEST_TRIED) {
      throw tooComplex(regex, weight);
    }
    Pattern pattern;
    try {
      pattern = Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new InvalidConstraint(
          "Failed to construct regex from pattern '" + regex + "': " + words(e));
    }
    if (pattern.programSize() > LARGEST_PROGRAM) {
      throw tooComplex(regex, pattern.programSize());
    }
    return pattern;
  }

  /** The error as the C++ library words it: that is what clients of the protocol know. */
  private static String words(PatternSyntaxException e) {
    var words =
        switch (e.getDescription()) {
          case "missing closing )" -> "missing )";
          case "missing closing ]" -> "missing ]";
          case "trailing backslash at end of expression" -> "trailing \\";
          case "missing argument to repetition operator" -> "no argument for repetition operator";
          case "invalid repeat count" -> "invalid repetition size";
          case "invalid nested repetition operator" -> "bad repetition operator";
          case "invalid or unsupported Perl syntax" -> "invalid perl operator";
          case "invalid named capture" -> "invalid named capture group";
          case String same -> same;
        };
    return e.getPattern() == null ? words : words + ": " + e.getPattern();
  }

  private static InvalidConstraint tooComplex(String regex, long size) {
    return new InvalidConstraint(
        "Regex '"
            + regex
            + "' is too complex: program size of "
            + size
            + " is larger than maximum of "
            + LARGEST_PROGRAM
            + " allowed");
  }

  boolean holds(String hostname, DomainInfo domain, List<Attribute> attributes) {
    return switch (selector) {
      case Selector.Named(String name) -> {
        var attribute = Attributes.first(attributes, name);
        if (attribute.isEmpty()) {
          yield holdsWithout();
        }
        yield attribute.get().getType() == Value.Type.TEXT
            ? holdsFor(attribute.get().getText().getValue())
            : presence != Presence.FORBIDDEN;
      }
      case Selector.Pseudo(PseudoattributeType type) ->
          switch (type) {
            case HOSTNAME -> holdsFor(hostname);
            case REGION ->
                domain.hasFaultDomain()
                    ? holdsFor(domain.getFaultDomain().getRegion().getName())
                    : holdsWithout();
            case ZONE ->
                domain.hasFaultDomain()
                    ? holdsFor(domain.getFaultDomain().getZone().getName())
                    : holdsWithout();
            case UNKNOWN -> holdsWithout();
          };
    };
  }

  private boolean holdsWithout() {
    return switch (presence) {
      case REQUIRED, REQUIRED_TEXT -> false;
      case FORBIDDEN, ABSENT_OR_TEXT -> true;
    };
  }

  private boolean holdsFor(String value) {
    return switch (presence) {
      case REQUIRED -> true;
      case FORBIDDEN -> false;
      case REQUIRED_TEXT, ABSENT_OR_TEXT -> text.test(value);
    };
  }
}
