package io.proffer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each wrong value ends its command with 2, and says what was expected and what came. */
@Timeout(60)
class WrongFlagsTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          master | --port=99999               | a port from 1 to 65535, or 0 for any free one
          master | --port=many                | a port from 1 to 65535, or 0 for any free one
          master | --advertise_port=0         | a port from 1 to 65535
          master | --ip=no such host          | an address like 10.0.0.7
          master | --registry=files           | one of [sqlite, zookeeper, replicated_log, in_memory]
          master | --offer_timeout=soon       | a duration like 10secs
          master | --agent_ping_timeout=0ns   | at least 1ms
          master | --request_read_timeout=9us | at least 1ms
          master | --max_header_size=2GB      | less than 2GB
          master | --advertise_ip=0.0.0.0     | the one address under which others reach
          master | --reply_timeout=-1secs     | no negative duration
          master | --max_request_size=8       | an amount of bytes like 8MB
          master | --event_loops=0            | a whole number of at least 1
          master | --max_completed_frameworks=-1 | a whole number of at least 0
          master | --min_allocatable_resources=cpus | amounts like cpus:0.01|mem:32
          master | --allocator=drf            | one of hierarchical, priority, random, but got 'drf'
          master | --role_sorter=fair         | Expected drf or random, but got 'fair'
          master | --agent_removal_rate_limit=1 | a number of agents and a time, such as 1/10mins
          master | --agent_removal_rate_limit=0/1mins | a number of agents and a time, such as
          master | --recovery_agent_removal_limit=101% | Expected 0% to 100%, but got '101%'
          master | --recovery_agent_removal_limit=50 | Expected 0% to 100%, but got '50'
          master | --framework_sorter=fair    | Expected drf or random, but got 'fair'
          master | --roles=a//b               | two adjacent slashes
          master | --domain={}               | it has no 'fault_domain'
          master | --weights=a=0              | but of 'a=0': Weights must be positive
          master | --weights=a=x              | but of 'a=x': 'x' is no number
          master | --weights=a                | but of 'a': it is no such pair
          master | --weights=a//b=1           | two adjacent slashes
          master | --credentials=/no/such     | the path of a file of credentials, but of '/no/such'
          master | --authenticate_http_readonly=true | Expected --credentials=FILE beside it
          master | --agent_http_credential=/no/such | the path of a file of credentials
          master | --acls=/no/such            | but of '/no/such': it cannot be read
          agent  | --acls={"run_task": []}    | unknown member 'run_task'. Did you mean 'run_tasks'?
          agent  | --credential=/no/such      | the path of a file of credentials
          agent  | --http_credentials=/no/such | the path of a file of credentials
          agent  | --port=99999               | a port from 1 to 65535, or 0 for any free one
          agent  | --master=foo               | a master as HOST:PORT
          agent  | --master=zk://x:2181       | there is no path after the servers
          agent  | --master=zk://u:p@x:0/a    | the server 'x:0' has no port
          agent  | --zk_session_timeout=0ns   | at least 1ms
          agent  | --resources=cpus:x         | resources like cpus:4;mem:4096
          agent  | --resources=cpus=4         | resources like cpus:4;mem:4096
          agent  | --attributes=rack          | attributes like rack:a1;slots:4
          agent  | --domain=north             | a domain like {
          agent  | --default_role=a/          | cannot end with a slash
          agent  | --registration_timeout=x   | a duration like 10secs
          agent  | --max_record_size=3GB      | less than 2GB
          agent  | --container_threads=0      | a whole number of at least 1
          agent  | --executor_environment_variables=[] | a JSON object of strings
          local  | --port=99999               | a port from 1 to 65535, or 0 for any free one
          local  | --agent_port=-1            | a port from 1 to 65535, or 0 for any free one
          local  | --agents=-1                | a whole number of at least 0
          local  | --resources=cpus:x         | resources like cpus:4;mem:4096
          local  | --allocator=drf            | one of hierarchical, priority, random, but got 'drf'
          run    | --resources=cpus           | resources like cpus:0.1;mem:32
          run    | --instances=0              | a whole number of at least 1
          run    | --command=                 | what each task shall run
          run    | --env=A                    | KEY=VALUE
          run    | --master=127.0.0.1:99999   | a port between 1 and 65535
          state  | --master=a b               | the address of a master like 127.0.0.1:5050
          state  | --master=a:1,b:x           | the address of a master like 127.0.0.1:5050
          state  | --master=,                 | the address of a master like 127.0.0.1:5050
          state  | --master=zk://x:2181       | there is no path after the servers
          state  | --principal=alice          | Expected --secret_file beside it
          state  | --secret_file=/no/such     | Expected --principal=NAME with it
          quota set | --guarantees=cpus       | amounts like cpus:4;mem:4096
          quota set | --limits=cpus:1;cpus:2  | got 'cpus:2' in 'cpus:1;cpus:2'
          quota set | --limits=cpus:x         | amounts like cpus:4;mem:4096
          agent drain | --grace_period=soon    | a duration like 10secs
          maintenance schedule | --start=soon   | a time like 2026-12-01T02:00
          bench  | --master_pid=many          | a whole number of at least 1
          bench agent | --running=0           | a whole number of at least 1
          bench agent | --time_limit=0ns      | at least 1ms
          bench agent | --directory=/no/such  | a directory to write to
          """)
  void aWrongValueIsToldWithExitCodeTwo(String command, String flag, String expected) {
    var err = new StringWriter();
    var arguments = arguments(command, flag);
    var line = Proffer.commandLine(arguments);
    line.setErr(new PrintWriter(err, true));
    assertEquals(2, line.execute(arguments), err::toString);
    var text = err.toString();
    var name = flag.substring(0, flag.indexOf('='));
    assertTrue(text.startsWith("proffer " + command + ": "), text);
    assertTrue(text.contains("'" + name + "'") && text.contains(expected), text);
    assertTrue(text.endsWith("See 'proffer " + command + " --help'." + System.lineSeparator()));
    assertEquals(2, text.lines().count(), text);
    assertEquals(text.indexOf("option"), text.lastIndexOf("option"), text);
  }

  @Test
  void aMasterAndAClusterOfItsOwnAreTooMuch() {
    var err = new StringWriter();
    var line = Proffer.commandLine();
    line.setErr(new PrintWriter(err, true));
    assertEquals(2, line.execute("run", "--local", "--master=127.0.0.1:1", "--command=true"));
    assertTrue(err.toString().contains("but got both"), err::toString);
  }

  @Test
  void aQuotaOfNothingIsNotTakenForItsRemoval() {
    var err = new StringWriter();
    var line = Proffer.commandLine();
    line.setErr(new PrintWriter(err, true));
    assertEquals(2, line.execute("quota", "set", "web", "--master=127.0.0.1:1"), err::toString);
    assertTrue(err.toString().contains("'proffer quota remove web' takes"), err::toString);
  }

  @Test
  void aMasterThatIsGivenToMeasureIsNotKilled() {
    var err = new StringWriter();
    var line = Proffer.commandLine();
    line.setErr(new PrintWriter(err, true));
    assertEquals(
        2,
        line.execute("bench", "--master=127.0.0.1:1", "--master_pid=1", "--scenario=restart"),
        err::toString);
    assertTrue(err.toString().contains("Expected no --master with restart"), err::toString);
  }

  /** With all else that the command needs. */
  private String[] arguments(String command, String flag) {
    var arguments = new ArrayList<>(List.of(command.split(" ", -1)));
    arguments.add(flag);
    boolean serves =
        !List.of(
                "run",
                "state",
                "quota set",
                "agent drain",
                "maintenance schedule",
                "bench",
                "bench agent")
            .contains(command);
    if (serves) {
      arguments.add("--work_dir=" + directory);
    }
    if (command.equals("agent") && !flag.startsWith("--master")) {
      arguments.add("--master=127.0.0.1:1");
    }
    if (command.equals("quota set")) {
      arguments.add("web");
    }
    if (command.equals("run") && !flag.startsWith("--command")) {
      arguments.add("--command=true");
    }
    if (serves && !flag.startsWith("--port")) {
      arguments.add("--port=0");
    }
    return arguments.toArray(String[]::new);
  }
}
