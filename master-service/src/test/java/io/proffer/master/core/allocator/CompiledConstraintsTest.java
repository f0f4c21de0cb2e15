package io.proffer.master.core.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.TextFormat;
import io.proffer.api.resource.Attributes;
import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.DomainInfo;
import io.proffer.api.v1.scheduler.OfferConstraints;
import io.proffer.master.core.fact.ConstraintLimits;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class CompiledConstraintsTest {
  private static final String ATTRIBUTES = "rack:r1;rack:r2;slots:4;ports:[1-2]";
  private static final DomainInfo DOMAIN =
      DomainInfo.newBuilder()
          .setFaultDomain(
              DomainInfo.FaultDomain.newBuilder()
                  .setRegion(DomainInfo.FaultDomain.RegionInfo.newBuilder().setName("north"))
                  .setZone(DomainInfo.FaultDomain.ZoneInfo.newBuilder().setName("n1")))
          .build();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "attribute_name: 'rack'           | exists {}                         | true",
        "attribute_name: 'rack'           | not_exists {}                     | false",
        "attribute_name: 'rack'           | text_equals { value: 'r1' }       | true",
        "attribute_name: 'rack'           | text_equals { value: 'r2' }       | false",
        "attribute_name: 'rack'           | text_not_equals { value: 'r1' }   | false",
        "attribute_name: 'rack'           | text_matches { regex: 'r[0-9]' }  | true",
        "attribute_name: 'rack'           | text_matches { regex: 'r' }       | false",
        "attribute_name: 'rack'           | text_not_matches { regex: 'r.' }  | false",
        "attribute_name: 'none'           | exists {}                         | false",
        "attribute_name: 'none'           | not_exists {}                     | true",
        "attribute_name: 'none'           | text_equals { value: 'a' }        | false",
        "attribute_name: 'none'           | text_not_equals { value: 'a' }    | true",
        "attribute_name: 'none'           | text_matches { regex: '.*' }      | false",
        "attribute_name: 'none'           | text_not_matches { regex: '.*' }  | true",
        "attribute_name: 'slots'          | exists {}                         | true",
        "attribute_name: 'slots'          | not_exists {}                     | false",
        "attribute_name: 'slots'          | text_equals { value: 'a' }        | true",
        "attribute_name: 'slots'          | text_not_equals { value: '4' }    | true",
        "attribute_name: 'slots'          | text_matches { regex: 'a' }       | true",
        "attribute_name: 'slots'          | text_not_matches { regex: '.*' }  | true",
        "pseudoattribute_type: HOSTNAME   | text_matches { regex: 'h\\\\d' }  | true",
        "pseudoattribute_type: HOSTNAME   | not_exists {}                     | false",
        "pseudoattribute_type: REGION     | text_equals { value: 'north' }    | true",
        "pseudoattribute_type: ZONE       | text_equals { value: 'n2' }       | false",
      })
  void predicatesLookAtOneTextOfTheAgent(String selector, String predicate, boolean offered) {
    var constraints = compile(role("r", group(constraint(selector, predicate))));
    assertEquals(offered, !constraints.excludes("r", "h1", DOMAIN, Attributes.parse(ATTRIBUTES)));
  }

  @Test
  void anAgentWithoutDomainHasNoRegion() {
    var constraints =
        compile(role("r", group(constraint("pseudoattribute_type: REGION", "not_exists {}"))));
    assertFalse(excludes(constraints, "r", DomainInfo.getDefaultInstance()));
    assertTrue(excludes(constraints, "r", DOMAIN));
  }

  @Test
  void oneGroupMustHoldAsAWhole() {
    var rack1 = constraint("attribute_name: 'rack'", "text_equals { value: 'r1' }");
    var rack2 = constraint("attribute_name: 'rack'", "text_equals { value: 'r2' }");
    var host = constraint("pseudoattribute_type: HOSTNAME", "exists {}");
    assertTrue(excludes(compile(role("r", group(rack2 + host))), "r", DOMAIN));
    assertFalse(excludes(compile(role("r", group(rack2) + group(rack1 + host))), "r", DOMAIN));
  }

  @Test
  void otherRolesAreNotConstrained() {
    var constraints = compile(role("r", group(constraint("attribute_name: 'none'", "exists {}"))));
    assertTrue(excludes(constraints, "r", DOMAIN));
    assertFalse(excludes(constraints, "s", DOMAIN));
    assertFalse(excludes(CompiledConstraints.none(), "r", DOMAIN));
    assertTrue(compile("").isEmpty());
  }

  @Test
  void ofEachGroupIsSaidWhatIsNotTrueOfAnAgent() {
    var rack = constraint("attribute_name: 'rack'", "text_equals { value: 'r9' }");
    var slots = constraint("attribute_name: 'slots'", "exists {}");
    var zone = constraint("pseudoattribute_type: ZONE", "text_not_matches { regex: 'n.*' }");
    var agent =
        AgentInfo.newBuilder()
            .setHostname("h1")
            .setDomain(DOMAIN)
            .addAllAttributes(Attributes.parse(ATTRIBUTES))
            .build();

    var constraints = compile(role("r", group(slots + rack) + group(zone + rack)));

    assertEquals(
        List.of("attribute 'rack' is 'r9'", "the zone does not match 'n.*'"),
        constraints.failing("r", agent, 9, new Work()));
    assertEquals(List.of(), constraints.failing("s", agent, 9, new Work()));
  }

  @Test
  void whatIsMissingIsNamed() {
    var there = "attribute_name: 'a'";
    assertEquals(
        "'OfferConstraints::role_constraints' has an empty 'RoleConstraints::groups' for role r",
        refusal(role("r", "")));
    assertEquals(
        "'OfferConstraints::RoleConstraints::groups' for role rcontains an empty"
            + " RoleConstraints::Group",
        refusal(role("r", group(""))));
    var prefix = "A role r has an invalid 'AttributeConstraint': ";
    assertEquals(
        prefix + "Unknown pseudoattribute type",
        refusal(role("r", group(constraint("pseudoattribute_type: UNKNOWN", "exists {}")))));
    assertEquals(
        prefix
            + "Exactly one of 'AttributeConstraint::Selector::name' or"
            + " 'AttributeConstraint::Selector::pseudoattribute_type' must be set",
        refusal(role("r", group(constraint("", "exists {}")))));
    assertEquals(
        prefix + "Unknown predicate type", refusal(role("r", group(constraint(there, "")))));
  }

  @Test
  void expressionsAreCheckedAndBounded() {
    var prefix = "A role r has an invalid 'AttributeConstraint': ";
    assertEquals(
        prefix + "Failed to construct regex from pattern '(': missing ): (", refusalOf("("));
    var text = refusalOf("a{200}");
    assertTrue(text.startsWith(prefix + "Regex 'a{200}' is too complex: program size of "), text);
    assertTrue(text.endsWith(" is larger than maximum of 100 allowed"), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "((((a{100}){100}){100}){100}){100}",
        "(a{1000}){1000}",
        "(((a*)*)*)*{900}",
        "\\\\pN{999}",
        "(?i)[a-z]{1000}",
        "(?i)[b-\\\\x{ffff}]"
      })
  void expressionsThatGrowAreRefusedAtOnce(String regex) {
    refusalOf(regex);
  }

  @Test
  void deeplyNestedExpressionsDoNotOverflowTheStack() {
    refusalOf("(".repeat(4000) + "a" + ")".repeat(4000));
    refusalOf("(?:".repeat(2400) + "a" + ")*".repeat(2400));
  }

  @Test
  void veryLongExpressionsAreNotEvenTried() {
    assertTrue(refusalOf("a".repeat(1_000_000)).length() < 400);
  }

  @Test
  void whatOnlyLooksSmallIsNotEvenTried() {
    var large = "': pattern too large - compile failed";
    assertTrue(refusalOf("\\\\pL|".repeat(11) + "a").endsWith(large));
    assertTrue(refusalOf("(?:" + "^".repeat(480) + "){1000}").contains("is too complex"));
    assertTrue(refusalOf("a{1001}").endsWith("'a{1001}': invalid repetition size: {1001}"));
  }

  @Test
  void howLargeAProgramMayBeIsSaidByItsLimit() {
    var text =
        role("r", group(constraint("attribute_name: 'a'", "text_matches { regex: 'abcdef' }")));
    assertInstanceOf(
        CompiledConstraints.Compiled.class,
        CompiledConstraints.compile(parse(text), new ConstraintLimits(500, 1000, 10, 10_000)));
    var refused = refusal(text, new ConstraintLimits(500, 1000, 5, 10_000));
    assertTrue(refused.endsWith(" is larger than maximum of 5 allowed"), refused);
  }

  @Test
  void aFrameworkHasSoManyConstraintsAndNoMore() {
    var one = group(constraint("attribute_name: 'a'", "exists {}"));
    assertFalse(compile(role("r", one.repeat(600)) + role("s", one.repeat(400))).isEmpty());
    assertEquals(
        "A role s has an invalid 'AttributeConstraint': A framework may have at most 1000"
            + " constraints",
        refusal(role("r", one.repeat(600)) + role("s", one.repeat(401))));
  }

  @Test
  void allPatternsOfAFrameworkTogetherAreBounded() {
    var heavy =
        group(
            constraint(
                "attribute_name: 'a'", "text_matches { regex: '" + "\\\\pL".repeat(10) + "' }"));
    assertFalse(compile(role("r", heavy.repeat(49))).isEmpty());
    assertTrue(
        refusal(role("r", heavy.repeat(50)))
            .endsWith(
                "with this one the regular expressions of the framework together take too long to"
                    + " compile"));
  }

  @Test
  void whatAllPatternsOfAFrameworkAskOfOneAgentIsBounded() {
    var slow =
        group(
            constraint(
                "attribute_name: 'a'", "text_matches { regex: '(?:" + ".*".repeat(20) + "z)' }"));
    assertFalse(compile(role("r", slow.repeat(200))).isEmpty());
    assertTrue(
        refusal(role("r", slow.repeat(200)) + role("s", slow.repeat(100)))
            .endsWith(
                "with this one the regular expressions of the framework have more than 10000"
                    + " instructions together"));
    var harmless =
        group(constraint("attribute_name: 'a'", "text_matches { regex: 'rack-[0-9]+' }"));
    assertFalse(compile(role("r", harmless.repeat(1000))).isEmpty());
  }

  @Test
  void noMoreGroupsAreAskedThanAreTold() {
    var constraints =
        compile(role("r", group(constraint("attribute_name: 'x'", "exists {}")).repeat(9)));
    var work = new Work();
    assertEquals(2, constraints.failing("r", AgentInfo.getDefaultInstance(), 2, work).size());
  }

  private static String refusalOf(String regex) {
    return refusal(
        role(
            "r",
            group(constraint("attribute_name: 'a'", "text_matches { regex: '" + regex + "' }"))));
  }

  private static boolean excludes(CompiledConstraints constraints, String role, DomainInfo domain) {
    return constraints.excludes(role, "h1", domain, Attributes.parse(ATTRIBUTES));
  }

  private static String role(String role, String groups) {
    return "role_constraints { key: '" + role + "' value { " + groups + " } }";
  }

  private static String group(String constraints) {
    return "groups { " + constraints + " } ";
  }

  private static String constraint(String selector, String predicate) {
    return "attribute_constraints { selector { "
        + selector
        + " } predicate { "
        + predicate
        + " } } ";
  }

  private static CompiledConstraints compile(String text) {
    return assertInstanceOf(
            CompiledConstraints.Compiled.class,
            CompiledConstraints.compile(parse(text), ConstraintLimits.defaults()))
        .constraints();
  }

  private static String refusal(String text) {
    return refusal(text, ConstraintLimits.defaults());
  }

  private static String refusal(String text, ConstraintLimits limits) {
    return assertInstanceOf(
            CompiledConstraints.Refused.class, CompiledConstraints.compile(parse(text), limits))
        .text();
  }

  private static OfferConstraints parse(String text) {
    try {
      return TextFormat.parse(text, OfferConstraints.class);
    } catch (TextFormat.ParseException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
