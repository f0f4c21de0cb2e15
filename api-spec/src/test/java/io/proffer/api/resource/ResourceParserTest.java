package io.proffer.api.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResourceParserTest {
  private static String error(String text) {
    return assertThrows(ResourceParseException.class, () -> Resources.parse(text, "*"))
        .getMessage();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cpus:4;mem:1024                | cpus:4; mem:1024",
        " cpus : 4 ; mem : 1 024 ;      | cpus:4; mem:1024",
        "ports:[31000-32000, 1-5]       | ports:[1-5, 31000-32000]",
        "ports:[1-5,3-9,10-10]          | ports:[1-10]",
        "bugs:{b,a}                     | bugs:{a, b}",
        "cpus(r):4;cpus(*):1;cpus:1     | cpus(reservations: [(STATIC,r)]):4; cpus:2",
        "cpus:.5;mem:1e3;disk:+2.       | cpus:0.5; mem:1000; disk:2",
        "cpus:0;mem:1                   | mem:1",
        "''                             | {}",
      })
  void textDescribesResources(String text, String printed) {
    assertEquals(printed, Resources.parse(text, "*").toString());
  }

  @Test
  void whatNamesNoRoleGetsTheDefaultOne() {
    assertEquals(
        Resources.parse("cpus(r):1;mem(r):2;disk(s):3", "*"),
        Resources.parse("cpus:1;mem(*):2;disk(s):3", "r"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "cpus         | Bad value for resources, missing or extra ':' in cpus",
        "cpus:1:2     | Bad value for resources, missing or extra ':' in cpus:1:2",
        "cpus:        | Bad value for resources, missing or extra ':' in cpus:",
        "cpus(r:1     | Bad value for resources, mismatched parentheses in cpus(r:1",
        "cpus)r(:1    | Bad value for resources, mismatched parentheses in cpus)r(:1",
        "cpus:many    | Bad type for resource cpus value many type TEXT",
        "cpus:1.2.3   | Bad type for resource cpus value 1.2.3 type TEXT",
        "cpus:-1      | Failed to parse resource cpus value -1 error Negative values not supported:"
            + " -1",
        "cpus:nan     | Failed to parse resource cpus value nan error NaN not supported: nan",
        "cpus:inf     | Failed to parse resource cpus value inf error Infinite values not"
            + " supported: inf",
        "cpus:1e999   | Failed to parse resource cpus value 1e999 error Infinite values not"
            + " supported: 1e999",
        "cpus:1e-310  | Failed to parse resource cpus value 1e-310 error Subnormal values not"
            + " supported: 1e-310",
        "ports:[1-2-3]| Failed to parse resource ports value [1-2-3] error Expecting one or more"
            + " \"ranges\"",
        "ports:[a-b]  | Failed to parse resource ports value [a-b] error Expecting non-negative"
            + " integers in '[a-b]'",
        "ports:[5-1]  | Failed to parse resource ports value [5-1] error Invalid range in '[5-1]':"
            + " begin > end",
        "ports:x[1-2] | Failed to parse resource ports value x[1-2] error Unexpected '[' found",
        "bugs:x{a}    | Failed to parse resource bugs value x{a} error Unexpected '{' found",
        ":1           | Bad value for resources, missing or extra ':' in :1",
        "(r):1        | Resource '(reservations: [(STATIC,r)]):1' is invalid: Empty resource name",
        "cpus(/r):1   | Resource 'cpus(reservations: [(STATIC,/r)]):1' is invalid: Role '/r' cannot"
            + " start with a slash",
        "a:1;a:{b}    | Resources with the same name ('a') but different types are not allowed",
        "cpus:0.0001  | Resource 'cpus:0' is invalid: Invalid scalar resource: value <= 0",
      })
  void textThatDescribesNothingIsRefused(String text, String message) {
    assertEquals(message, error(text));
  }

  @Test
  void aJsonArrayIsAListOfResources() {
    var json =
        """
        [{"name": "cpus", "type": "SCALAR", "scalar": {"value": 4}},
         {"name": "mem", "type": "SCALAR", "scalar": {"value": 8}, "role": "r"},
         {"name": "disk", "type": "SCALAR", "scalar": {"value": 16},
          "reservations": [{"type": "STATIC", "role": "s"}],
          "disk": {"source": {"type": "MOUNT", "mount": {"root": "/mnt"}}}}]
        """;
    assertEquals(
        "cpus:4; mem(reservations: [(STATIC,r)]):8;"
            + " disk(reservations: [(STATIC,s)])[MOUNT:/mnt]:16",
        Resources.parse(json, "*").toString());
    assertEquals(
        "cpus(reservations: [(STATIC,d)]):4; mem(reservations: [(STATIC,r)]):8;"
            + " disk(reservations: [(STATIC,s)])[MOUNT:/mnt]:16",
        Resources.parse(json, "d").toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"name\": \"cpus\", \"revocable\": {} |"
            + " Revocable resources cannot be specified at the command line; do not include a"
            + " 'revocable' key in the resources JSON",
        "\"name\": \"cpus\", \"role\": \"r\", \"reservation\": {} |"
            + " Dynamic reservations cannot be specified at the command line; do not include a"
            + " reservation with DYNAMIC type in the resources JSON",
        "\"name\": \"cpus\", \"reservations\": [{\"type\": \"DYNAMIC\", \"role\": \"r\"}] |"
            + " Dynamic reservations cannot be specified at the command line; do not include a"
            + " reservation with DYNAMIC type in the resources JSON",
        "\"name\": \"disk\", \"role\": \"r\", \"disk\": {\"persistence\": {\"id\": \"v\"}} |"
            + " Persistent volumes cannot be specified at the command line",
      })
  void someThingsAreMadeWhileTheClusterRuns(String fields, String message) {
    assertEquals(
        message, error("[{\"type\": \"SCALAR\", \"scalar\": {\"value\": 1}, " + fields + "}]"));
  }

  @Test
  void brokenJsonIsRefused() {
    for (var text : new String[] {"[", "[{]", "[1]", "[{\"name\": \"cpus\"}]"}) {
      assertTrue(
          error(text)
              .startsWith("Bad value for resources, expected a JSON array of Resource objects: "),
          text);
    }
  }
}
