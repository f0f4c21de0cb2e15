package io.proffer.api.acl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is no document of rules, and where. Single quotes stand for double ones. */
class AclDocumentTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "[]                    | expected one JSON object of rules, like {'permissive': false}",
        "''                    | expected one JSON object of rules, like {'permissive': false}",
        "{                     | at line 1, column 2: expected one JSON object of rules, but",
        "{'permissive':true} x | at line 1, column 21: expected one JSON object of rules, but",
        "{} {}                 | at line 1: expected one JSON object of rules, but something comes",
        "{'run_tasks':[],'run_tasks':[]} | Duplicate field 'run_tasks'",
        "{'permissive':'no'}   | at permissive: expected true or false, but got 'no'",
        "{'run_task':[]}       | unknown member 'run_task'. Did you mean 'run_tasks'?",
        "{'veiw_tasks':[]}     | unknown member 'veiw_tasks'. Did you mean 'view_tasks'?",
        "{'run_tasks':{}}      | at run_tasks: expected a list of rules, but got an object",
        "{'run_tasks':[7]}     | at run_tasks[0]: expected an object with principals and users",
        "{'run_tasks':[{'principals':A}]} | at run_tasks[0]: expected 'principals' and 'users',",
        "{'run_tasks':[{'users':A}]} | 'principals' is missing",
        "{'run_tasks':[{'principals':A,'user':A}]} | unknown member 'user'. Did you mean 'users'?",
        "{'run_tasks':[{'principals':A,'users':['x']}]} | at run_tasks[0].users: expected an object",
        "{'run_tasks':[{'principals':A,'users':{}}]} | at run_tasks[0].users: expected {'values'",
        "{'run_tasks':[{'principals':A,'users':{'values':[]}}]} | but got an empty list",
        "{'run_tasks':[{'principals':A,'users':{'values':['a',3]}}]} | users.values[1]: expected text",
        "{'run_tasks':[{'principals':A,'users':{'type':'all'}}]} | expected ANY, NONE or SOME, but",
        "{'run_tasks':[{'principals':A,'users':{'value':['a']}}]} | Did you mean 'values'?",
        "{'run_tasks':[{'principals':A,'users':{'type':'ANY','values':['a']}}]} | but got both",
        "{'view_flags':[{'principals':A,'flags':{'values':['a']}}]} | it is one thing and has no",
        "{'get_endpoints':[{'principals':A,'paths':{'values':['/state']}}]} | expected one of /conta",
      })
  void whatIsWrongIsToldByItsPlace(String text, String words) {
    var given = text.equals("''") ? "\"\"" : text.replace('\'', '"');
    var document = given.replace(":A", ":{\"type\":\"ANY\"}");
    var thrown = assertThrows(AclFormatException.class, () -> AclDocument.parse(document));
    assertTrue(
        thrown.getMessage().contains(words.replace('\'', '"'))
            || thrown.getMessage().contains(words),
        thrown::getMessage);
  }

  /** A document of the reference is read whole, and what nothing asks yet is named. */
  @Test
  void everyActionOfTheReferenceIsKnown() throws AclFormatException {
    var document = new StringBuilder("{\"permissive\": true");
    for (var action : Action.values()) {
      document
          .append(", \"%s\": [{\"principals\": {\"type\": \"ANY\"}, ".formatted(action.key()))
          .append("\"%s\": {\"type\": \"NONE\"}}]".formatted(action.object()));
    }
    var acls = AclDocument.parse(document.append("}").toString());
    var later = Stream.of(Action.values()).filter(a -> a.later().isPresent()).toList();
    assertEquals(later, acls.ignored());
    assertEquals(List.of(), AclDocument.parse("{\"run_tasks\": []}").ignored());
  }
}
