package io.proffer.api.junit;

import java.io.PrintStream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Says on the console what was skipped, and why: the summary of a build only counts it. Found by
 * whoever runs tests with this on the class path.
 */
public final class SkippedTests implements TestExecutionListener {
  private final PrintStream console;

  public SkippedTests() {
    this(System.out);
  }

  SkippedTests(PrintStream console) {
    this.console = console;
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    say(test, reason);
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (result.getStatus() == Status.ABORTED) {
      say(test, result.getThrowable().map(Throwable::getMessage).orElse("no reason was given"));
    }
  }

  private void say(TestIdentifier test, String reason) {
    console.println("Skipped " + test.getLegacyReportingName() + ": " + reason);
  }
}
