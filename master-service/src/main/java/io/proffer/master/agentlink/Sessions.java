package io.proffer.master.agentlink;

import io.proffer.api.http.RecordStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Open sessions by their id. */
final class Sessions {
  private final ConcurrentHashMap<String, Session> open = new ConcurrentHashMap<>();

  /** False when there is one of this id already. */
  boolean add(Session session) {
    return open.putIfAbsent(session.id(), session) == null;
  }

  Optional<Session> find(String id) {
    return Optional.ofNullable(open.get(id));
  }

  void remove(Session session) {
    open.remove(session.id(), session);
  }

  List<RecordStream> streams() {
    return open.values().stream().map(Session::stream).toList();
  }

  int size() {
    return open.size();
  }
}
