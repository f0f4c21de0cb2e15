package io.proffer.master.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.legacy.LegacyTask;
import io.proffer.master.core.fact.Task;
import io.proffer.master.http.piece.Form;
import java.io.IOException;

/** Tasks as plain endpoints show them (json-shapes, LegacyTask). */
final class PlainTasks {
  /** An item of any list of tasks. */
  static final Form<Task> FORM = Form.json(PlainTasks::write);

  private PlainTasks() {}

  private static void write(JsonGenerator json, Task task) throws IOException {
    new LegacyTask(
            task.taskInfo(),
            task.framework().value(),
            task.executor().map(ExecutorId::value).orElse(""),
            task.state(),
            task.resources(),
            task.role(),
            task.statuses())
        .write(json);
  }
}
