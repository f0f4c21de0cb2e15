package io.proffer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What shells make of the completion that is printed. */
@Timeout(60)
class CompletionTest {
  @TempDir Path directory;
  private Path script;

  @BeforeEach
  void print() throws IOException {
    var out = new StringWriter();
    var proffer = Proffer.commandLine().setOut(new PrintWriter(out));
    proffer.getSubcommands().get("completion").setOut(new PrintWriter(out));
    assertEquals(0, proffer.execute("completion"));
    script = Files.writeString(directory.resolve("completion"), out.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "proffer ev,events",
    "proffer bench a,agent",
    "proffer events --a,--after",
    "proffer agent --work,--work_dir",
  })
  void wordsAreCompleted(String typed, String completed) throws IOException, InterruptedException {
    check("", typed, completed, "bash", "-c");
  }

  @ParameterizedTest
  @CsvSource({"proffer ev,events", "proffer bench a,agent"})
  void alsoByZsh(String typed, String completed) throws IOException, InterruptedException {
    assumeTrue(isThere("zsh"), "no zsh here");
    // As its bashcompinit does before it calls what is meant for bash.
    check("emulate sh; setopt kshglob noshglob braceexpand; ", typed, completed, "zsh", "-f", "-c");
  }

  private static boolean isThere(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private void check(String first, String typed, String completed, String... shell)
      throws IOException, InterruptedException {
    var words = List.of(typed.split(" ", -1));
    var completion =
        "source %s; %sCOMP_WORDS=(%s); COMP_CWORD=%d; _complete_proffer; echo \"${COMPREPLY[@]}\""
            .formatted(script, first, typed, words.size() - 1);
    var said = said(completion, shell);
    assertTrue(List.of(said.strip().split(" ", -1)).contains(completed), () -> "of " + typed);
  }

  private String said(String script, String... shell) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(shell));
    command.add(script);
    // Outside of a real completion it complains of 'compopt', and goes on.
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    // Where zsh puts what it has found; and it may ask, but nobody is there.
    builder.environment().put("ZDOTDIR", directory.toString());
    var process = builder.redirectInput(new File("/dev/null")).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    return said;
  }
}
