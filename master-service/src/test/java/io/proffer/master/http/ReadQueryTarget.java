package io.proffer.master.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.proffer.api.fuzz.FuzzTarget;
import io.proffer.api.v1.TaskState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The queries of reads. A page is a part of its list, in order and no longer than it was asked for;
 * a selection leaves nothing out unless a parameter says so, and knows no states that were not
 * named.
 */
public final class ReadQueryTarget implements FuzzTarget {
  private static final List<String> SELECTING =
      List.of("framework_id", "slave_id", "task_id", "state");
  private static final List<Integer> ROWS = IntStream.range(0, 150).boxed().toList();

  @Override
  public void take(byte[] input) {
    var text = new String(input, StandardCharsets.UTF_8);
    Function<String, Optional<String>> query;
    try {
      var parameters = new QueryStringDecoder(text, false).parameters();
      query = name -> parameters.getOrDefault(name, List.of()).stream().findFirst();
    } catch (IllegalArgumentException documented) {
      // Answered 400 before anybody looks at it.
      return;
    }
    hold(Page.of(query));
    hold(Page.ofTasks(query));
    try {
      hold(Selection.of(query), query);
    } catch (Selection.UnknownStateException documented) {
      FuzzTarget.check(
          query.apply("state").filter(list -> !list.isEmpty()).isPresent(), "nobody named a state");
      FuzzTarget.check(documented.getMessage().contains("received '"), "a refusal without a word");
    }
  }

  private static void hold(Page page) {
    var shown = new ArrayList<Integer>();
    page.of(ROWS).forEach(shown::add);
    var all = page.newestFirst() ? ROWS.reversed() : ROWS;
    var expected = all.stream().skip(page.offset()).limit(page.limit()).toList();
    FuzzTarget.check(shown.equals(expected), page + " shows " + shown);
  }

  private static void hold(Selection selection, Function<String, Optional<String>> query) {
    var given =
        SELECTING.stream().filter(name -> query.apply(name).orElse("").length() > 0).toList();
    FuzzTarget.check(selection.isAll() == given.isEmpty(), given + " became " + selection);
    var named = query.apply("state").orElse("").toUpperCase(Locale.ROOT);
    for (TaskState state : selection.states()) {
      FuzzTarget.check(named.contains(state.name()), state + " of " + named);
    }
  }

  @Override
  public List<byte[]> seeds() {
    return FuzzTarget.texts(
        "limit=10&offset=5&order=asc",
        "limit=0",
        "limit=-1&offset=-9",
        "limit=2147483647&offset=2147483647&order=desc",
        "limit=99999999999&offset=1e3",
        "limit=%31&limit=2",
        "framework_id=a-0001&slave_id=a-S1",
        "task_id=t%20one;state=TASK_RUNNING",
        "state=task_running, TASK_LOST",
        "state=TASK_RUNNING,",
        "state=",
        "state=%",
        "state=unrecognized",
        "framework_id=&slave_id",
        "order=desc&order=asc");
  }
}
