package io.proffer.master.http;

import com.google.protobuf.Message;
import io.proffer.api.json.JsonCodec;
import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.master.Response;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Executor;
import io.proffer.master.core.fact.Task;
import io.proffer.master.http.piece.Form;
import io.proffer.master.words.AgentWords;
import io.proffer.master.words.ExecutorWords;
import io.proffer.master.words.TaskWords;
import java.util.function.Function;

/**
 * A list of a v1 answer: its name, and how its rows look.
 *
 * @param number of the field
 * @param <R> the rows it is made of
 */
record V1Rows<R>(String name, int number, Form<R> json, Form<R> protobuf) {
  static final V1Rows<Agent> AGENTS =
      of("agents", Response.GetAgents.AGENTS_FIELD_NUMBER, AgentWords::of);
  static final V1Rows<AgentInfo> RECOVERED_AGENTS =
      of("recovered_agents", Response.GetAgents.RECOVERED_AGENTS_FIELD_NUMBER, AgentWords::info);
  static final V1Rows<Executor> EXECUTORS =
      of("executors", Response.GetExecutors.EXECUTORS_FIELD_NUMBER, ExecutorWords::of);
  static final V1Rows<Task> TASKS =
      of("tasks", Response.GetTasks.TASKS_FIELD_NUMBER, TaskWords::of);
  static final V1Rows<Task> UNREACHABLE_TASKS =
      of("unreachable_tasks", Response.GetTasks.UNREACHABLE_TASKS_FIELD_NUMBER, TaskWords::of);
  static final V1Rows<Task> COMPLETED_TASKS =
      of("completed_tasks", Response.GetTasks.COMPLETED_TASKS_FIELD_NUMBER, TaskWords::of);

  private static <R> V1Rows<R> of(String name, int number, Function<R, ? extends Message> words) {
    return new V1Rows<>(
        name,
        number,
        Form.json((json, row) -> JsonCodec.write(words.apply(row), json)),
        Form.protobuf(number, words));
  }

  /** A list of rows that are worded from more than themselves, for one document. */
  static <R> V1Rows<R> passing(String name, int number, Function<R, ? extends Message> words) {
    var rows = of(name, number, words);
    return new V1Rows<>(name, number, rows.json().passing(), rows.protobuf().passing());
  }
}
