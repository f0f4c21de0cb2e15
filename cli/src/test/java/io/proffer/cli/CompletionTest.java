package io.proffer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What bash makes of the completion that is printed. */
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
    var words = List.of(typed.split(" ", -1));
    var bash =
        "source %s; COMP_WORDS=(%s); COMP_CWORD=%d; _complete_proffer; echo \"${COMPREPLY[@]}\""
            .formatted(script, typed, words.size() - 1);
    assertTrue(List.of(bash(bash).strip().split(" ", -1)).contains(completed), () -> "of " + typed);
  }

  private static String bash(String command) throws IOException, InterruptedException {
    // Outside of a real completion it complains of 'compopt', and goes on.
    var process =
        new ProcessBuilder("bash", "-c", command)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    return said;
  }
}
