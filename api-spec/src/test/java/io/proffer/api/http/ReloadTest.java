package io.proffer.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.proffer.api.auth.CredentialStore;
import io.proffer.api.auth.Keyring;
import io.proffer.api.auth.Renewable;
import io.proffer.api.auth.UnusableFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** All that was read is put into use, or nothing. */
@Timeout(30)
class ReloadTest {
  @TempDir Path directory;
  private Path file;
  private CredentialStore people;

  /** Certificates that are read from nowhere, and can be told to fail. */
  private static class Certificates implements Renewable {
    final List<String> steps = Collections.synchronizedList(new ArrayList<>());
    private final Optional<String> unreadable;
    private final Optional<String> useless;

    Certificates(Optional<String> unreadable, Optional<String> useless) {
      this.unreadable = unreadable;
      this.useless = useless;
    }

    @Override
    public Runnable read() throws UnusableFileException {
      steps.add("read");
      if (unreadable.isPresent()) {
        throw new UnusableFileException(unreadable.get());
      }
      return this::use;
    }

    void use() {
      if (useless.isPresent()) {
        throw new IllegalStateException(useless.get());
      }
      steps.add("use");
    }

    @Override
    public List<String> sentences(Instant now) {
      return List.of();
    }
  }

  @BeforeEach
  void oneIsKnownAndTwoAreInTheFile() throws IOException {
    file = Files.writeString(directory.resolve("known"), "ann secret\n");
    people = CredentialStore.open("--credentials", file);
    Files.writeString(file, "ann secret\nbob other\n");
  }

  private Reload reload(Certificates certificates) {
    return new Reload(
        List.of(certificates),
        new Keyring(Optional.of(people), Optional.empty(), Optional.empty()));
  }

  @Test
  void certificatesThatCannotBeReadLeaveCredentialsAsTheyWere() {
    var broken = new Certificates(Optional.of("no certificate"), Optional.empty());
    assertEquals(Optional.of("no certificate"), reload(broken).read());
    assertEquals(1, people.principals().count());
  }

  @Test
  void certificatesThatCannotBeUsedLeaveCredentialsAsTheyWere() {
    var broken = new Certificates(Optional.empty(), Optional.of("no server"));
    assertEquals(Optional.of("no server"), reload(broken).read());
    assertEquals(1, people.principals().count());
  }

  @Test
  void whatNobodyThoughtOfLeavesAllAsItWasAndIsAnswered() {
    var broken =
        new Certificates(Optional.empty(), Optional.empty()) {
          @Override
          public Runnable read() {
            throw new IllegalArgumentException("a secret");
          }
        };
    var log = (Logger) LoggerFactory.getLogger(Reload.class);
    var lines = new ListAppender<ILoggingEvent>();
    lines.start();
    log.addAppender(lines);
    try {
      var why = reload(broken).read().orElseThrow();
      assertTrue(why.contains("this is a bug"), why);
      assertEquals(1, people.principals().count());
      var line = lines.list.getFirst();
      assertEquals(why, line.getFormattedMessage());
      assertEquals(IllegalArgumentException.class.getName(), line.getThrowableProxy().getMessage());
    } finally {
      log.detachAppender(lines);
    }
  }

  @Test
  void credentialsThatCannotBeReadLeaveCertificatesAsTheyWere() throws IOException {
    Files.writeString(file, "ann\n");
    var good = new Certificates(Optional.empty(), Optional.empty());
    assertTrue(reload(good).read().orElse("").contains("--credentials="));
    assertEquals(List.of("read"), good.steps);
    assertEquals(1, people.principals().count());
  }

  @Test
  void whoAsksWhileOthersAreReadWaitsAndHasTheLastWord() throws Exception {
    var others = new ArrayDeque<Thread>();
    var slow =
        new Certificates(Optional.empty(), Optional.empty()) {
          @Override
          void use() {
            super.use();
            Optional.ofNullable(others.poll()).ifPresent(ReloadTest.this::haveAsked);
          }
        };
    var reload = reload(slow);
    var later = new FutureTask<>(reload::read);
    others.add(new Thread(later));

    assertEquals(Optional.empty(), reload.read());
    assertEquals(Optional.empty(), later.get());

    assertEquals(List.of("read", "use", "read", "use"), slow.steps);
    assertEquals(3, people.principals().count());
  }

  /** Lets another one ask for a file with one more, and comes back when that one waits. */
  private void haveAsked(Thread other) {
    try {
      Files.writeString(file, "ann secret\nbob other\ncid third\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    other.start();
    while (other.isAlive() && other.getState() != Thread.State.BLOCKED) {
      Thread.onSpinWait();
    }
  }
}
