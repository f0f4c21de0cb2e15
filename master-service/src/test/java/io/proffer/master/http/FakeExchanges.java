package io.proffer.master.http;

import com.google.protobuf.Message;
import io.proffer.api.endpoint.RouteTable;
import io.proffer.api.http.Answer;
import io.proffer.api.http.Exchange;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests of which endpoints need little, and what became of them. */
final class FakeExchanges {
  /** What they were answered. */
  final List<Answer> answers = new ArrayList<>();

  /** What the audit log was told. */
  final List<Message> told = new ArrayList<>();

  /** Forgets what became of those before. */
  void clear() {
    answers.clear();
    told.clear();
  }

  Exchange by(String verb) {
    return by(verb, Optional.empty(), new byte[0], Map.of());
  }

  Exchange by(
      String verb, Optional<RouteTable.Match> match, byte[] body, Map<String, List<String>> query) {
    return (Exchange)
        Proxy.newProxyInstance(
            Exchange.class.getClassLoader(),
            new Class<?>[] {Exchange.class},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "method" -> verb;
                  case "match" -> match.orElseThrow();
                  case "body" -> body;
                  case "query" ->
                      query.getOrDefault((String) arguments[0], List.of()).stream().findFirst();
                  case "principal" -> Optional.empty();
                  case "answer" -> answers.add((Answer) arguments[0]);
                  case "decoded" -> {
                    told.add((Message) arguments[0]);
                    yield null;
                  }
                  case "hashCode" -> System.identityHashCode(self);
                  case "equals" -> self == arguments[0];
                  case "toString" -> "the exchange";
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
