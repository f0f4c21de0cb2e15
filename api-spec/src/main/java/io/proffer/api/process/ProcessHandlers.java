package io.proffer.api.process;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.proffer.api.acl.Action;
import io.proffer.api.auth.Authorizer;
import io.proffer.api.flags.Durations;
import io.proffer.api.http.Answer;
import io.proffer.api.http.Exchange;
import io.proffer.api.json.JsonNumbers;
import java.io.IOException;
import java.io.OutputStream;

/** {@code /logging/toggle} and {@code /system/stats.json} (operator-api, section 3). */
public final class ProcessHandlers {
  private static final JsonFactory JSON = new JsonFactory();

  private ProcessHandlers() {}

  /**
   * Without parameters tells the level, with them sets it for a time. Any method will do.
   *
   * @param authorizer asked who may set it; whether the endpoint may be used is asked elsewhere
   */
  public static void logging(Exchange exchange, Authorizer authorizer) {
    var level = exchange.query("level");
    var duration = exchange.query("duration");
    if (level.isEmpty() && duration.isEmpty()) {
      exchange.answer(Answer.text(200, Verbosity.ofThisProcess().level() + "\n"));
    } else if (duration.isEmpty()) {
      exchange.answer(Answer.text(400, "Expecting 'duration=value' in query.\n"));
    } else if (level.isEmpty()) {
      exchange.answer(Answer.text(400, "Expecting 'level=value' in query.\n"));
    } else if (!authorizer.rights(exchange.principal()).allow(Action.SET_LOG_LEVEL)) {
      exchange.answer(Answer.bare(403));
    } else {
      exchange.answer(set(level.get(), duration.get()));
    }
  }

  private static Answer set(String level, String duration) {
    int wanted;
    try {
      wanted = Integer.parseInt(level);
    } catch (NumberFormatException e) {
      return Answer.text(400, "Failed to convert '" + level + "' to number.\n");
    }
    var wrong = Durations.refusal(duration);
    if (wrong.isPresent()) {
      return Answer.text(400, wrong.get() + ".\n");
    }
    Verbosity.ofThisProcess().set(wanted, Durations.parse(duration));
    return Answer.empty(200);
  }

  /** Load and memory of the host. */
  public static void system(Exchange exchange) {
    exchange.answerJson(ProcessHandlers::writeSystem);
  }

  private static void writeSystem(OutputStream to) throws IOException {
    try (var out = JSON.createGenerator(to)) {
      out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      out.writeStartObject();
      for (var stat : HostStats.read().entrySet()) {
        if (stat.getValue() instanceof Double number) {
          JsonNumbers.writeField(stat.getKey(), number, out);
        } else {
          out.writeNumberField(stat.getKey(), stat.getValue().longValue());
        }
      }
      out.writeEndObject();
    }
  }
}
