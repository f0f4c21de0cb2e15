package io.proffer.master.core.allocator;

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
 *
 * @param instructions of the matcher, 0 of what compares no more than once
 * @param words what must be true, for people
 */
record AgentConstraint(
    Selector selector, Presence presence, Predicate<String> text, int instructions, String words) {
  /** How much of a name or pattern is shown. */
  private static final int LONGEST_SHOWN = 100;

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

  static AgentConstraint compile(AttributeConstraint message, ConstraintBounds bounds)
      throws InvalidConstraintException {
    bounds.countConstraint();
    var selector = selector(message.getSelector());
    var name = words(selector);
    var predicate = message.getPredicate();
    return switch (predicate.getPredicateCase()) {
      case EXISTS ->
          new AgentConstraint(selector, Presence.REQUIRED, any -> true, 0, name + " is there");
      case NOT_EXISTS ->
          new AgentConstraint(selector, Presence.FORBIDDEN, any -> true, 0, name + " is not there");
      case TEXT_EQUALS -> {
        var wanted = predicate.getTextEquals().getValue();
        yield new AgentConstraint(
            selector, Presence.REQUIRED_TEXT, wanted::equals, 0, name + " is " + quoted(wanted));
      }
      case TEXT_NOT_EQUALS -> {
        var unwanted = predicate.getTextNotEquals().getValue();
        yield new AgentConstraint(
            selector,
            Presence.ABSENT_OR_TEXT,
            text -> !unwanted.equals(text),
            0,
            name + " is not " + quoted(unwanted));
      }
      case TEXT_MATCHES -> {
        var wanted = bounds.compile(predicate.getTextMatches().getRegex());
        yield new AgentConstraint(
            selector,
            Presence.REQUIRED_TEXT,
            wanted::matches,
            wanted.programSize(),
            name + " matches " + quoted(wanted.pattern()));
      }
      case TEXT_NOT_MATCHES -> {
        var unwanted = bounds.compile(predicate.getTextNotMatches().getRegex());
        yield new AgentConstraint(
            selector,
            Presence.ABSENT_OR_TEXT,
            text -> !unwanted.matches(text),
            unwanted.programSize(),
            name + " does not match " + quoted(unwanted.pattern()));
      }
      case PREDICATE_NOT_SET -> throw new InvalidConstraintException("Unknown predicate type");
    };
  }

  private static String words(Selector selector) {
    return switch (selector) {
      case Selector.Named(String name) -> "attribute " + quoted(name);
      case Selector.Pseudo(PseudoattributeType type) ->
          switch (type) {
            case HOSTNAME -> "the host name";
            case REGION -> "the region";
            case ZONE -> "the zone";
            case UNKNOWN -> "something unknown";
          };
    };
  }

  /** Long ones are cut: they are only shown. */
  private static String quoted(String text) {
    return text.length() <= LONGEST_SHOWN
        ? "'" + text + "'"
        : "'" + text.substring(0, LONGEST_SHOWN) + "...'";
  }

  private static Selector selector(AttributeConstraint.Selector message)
      throws InvalidConstraintException {
    return switch (message.getSelectorCase()) {
      case ATTRIBUTE_NAME -> new Selector.Named(message.getAttributeName());
      case PSEUDOATTRIBUTE_TYPE -> {
        if (message.getPseudoattributeType() == PseudoattributeType.UNKNOWN) {
          throw new InvalidConstraintException("Unknown pseudoattribute type");
        }
        yield new Selector.Pseudo(message.getPseudoattributeType());
      }
      case SELECTOR_NOT_SET ->
          throw new InvalidConstraintException(
              "Exactly one of 'AttributeConstraint::Selector::name' or"
                  + " 'AttributeConstraint::Selector::pseudoattribute_type' must be set");
    };
  }

  /**
   * Whether it is true of an agent that says this of itself.
   *
   * @param work counts what the answer takes
   */
  boolean holds(String hostname, DomainInfo domain, List<Attribute> attributes, Work work) {
    work.ask();
    return switch (selector) {
      case Selector.Named(String name) -> {
        var attribute = Attributes.first(attributes, name);
        if (attribute.isEmpty()) {
          yield holdsWithout();
        }
        yield attribute.get().getType() == Value.Type.TEXT
            ? holdsFor(attribute.get().getText().getValue(), work)
            : presence != Presence.FORBIDDEN;
      }
      case Selector.Pseudo(PseudoattributeType type) ->
          switch (type) {
            case HOSTNAME -> holdsFor(hostname, work);
            case REGION ->
                domain.hasFaultDomain()
                    ? holdsFor(domain.getFaultDomain().getRegion().getName(), work)
                    : holdsWithout();
            case ZONE ->
                domain.hasFaultDomain()
                    ? holdsFor(domain.getFaultDomain().getZone().getName(), work)
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

  private boolean holdsFor(String value, Work work) {
    return switch (presence) {
      case REQUIRED -> true;
      case FORBIDDEN -> false;
      case REQUIRED_TEXT, ABSENT_OR_TEXT -> {
        work.match(instructions, value);
        yield text.test(value);
      }
    };
  }
}
