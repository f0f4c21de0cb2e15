package io.proffer.agent.http;

import io.proffer.agent.core.fact.Snapshot;
import io.proffer.agent.sandbox.SandboxFiles;
import io.proffer.agent.sandbox.SandboxOwner;
import io.proffer.api.acl.Action;
import io.proffer.api.acl.Permit;
import io.proffer.api.auth.Authorizer;
import io.proffer.api.files.BusyException;
import io.proffer.api.files.FileAccess;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * Who may read which sandbox (access_sandboxes): by the user that its executor ran as. Of a sandbox
 * whose executor the agent has forgotten nobody knows that any more; it is for who may read all.
 */
final class SandboxAccess implements FileAccess {
  private final Reads reads;
  private final SandboxFiles files;
  private final Authorizer authorizer;

  SandboxAccess(Reads reads, SandboxFiles files, Authorizer authorizer) {
    this.reads = reads;
    this.files = files;
    this.authorizer = authorizer;
  }

  /** An executor of a framework; its name may have been used again. */
  private record Key(String framework, String executor) {}

  @Override
  public Judge of(Optional<String> principal) {
    var rights = authorizer.rights(principal);
    var permit = rights.on(Action.ACCESS_SANDBOX);
    return permit.isUnlimited() ? requested -> true : new OfSome(permit);
  }

  /** Judges for one that may not read all; asks the core once. */
  private final class OfSome implements Judge {
    private final Permit permit;
    private Optional<Map<Key, List<Held>>> known = Optional.empty();

    OfSome(Permit permit) {
      this.permit = permit;
    }

    @Override
    public boolean allows(String requested) throws IOException {
      var owner = files.owner(requested);
      // What is no sandbox is not there.
      return owner.isEmpty() || allows(owner.get());
    }

    private boolean allows(SandboxOwner owner) throws IOException {
      if (known.isEmpty()) {
        known = Optional.of(byKey(snapshot()));
      }
      var runs =
          known.get().getOrDefault(new Key(owner.framework(), owner.executor()), List.of()).stream()
              .filter(held -> owner.container().map(held.container().value()::equals).orElse(true))
              .toList();
      return runs.isEmpty()
          ? permit.allows(Optional.empty())
          : runs.stream().allMatch(held -> permit.allows(held.user()));
    }
  }

  private Snapshot snapshot() throws IOException {
    try {
      return reads.snapshot().toCompletableFuture().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the agent stops");
    } catch (ExecutionException e) {
      var busy = new BusyException("The agent has too much to do: try again later");
      busy.initCause(e);
      throw busy;
    }
  }

  private static Map<Key, List<Held>> byKey(Snapshot snapshot) {
    var all = new HashMap<Key, List<Held>>();
    for (var list : List.of(Held.live(snapshot), Held.completed(snapshot))) {
      for (var held : list) {
        var key = new Key(held.framework().value(), held.info().getExecutorId().getValue());
        all.computeIfAbsent(key, ignored -> new ArrayList<>()).add(held);
      }
    }
    return all;
  }
}
