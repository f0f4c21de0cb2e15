package io.proffer.agent;

import io.proffer.agent.container.Containerizer;
import io.proffer.agent.core.effect.Effect;
import io.proffer.agent.core.effect.Reply;
import io.proffer.agent.core.effect.Stop;
import io.proffer.agent.core.effect.ToContainer;
import io.proffer.agent.core.effect.ToExecutor;
import io.proffer.agent.core.effect.ToMaster;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Gives each family of effects to its one consumer. */
public record Effects(
    Consumer<List<ToMaster>> master,
    Consumer<List<ToExecutor>> executors,
    Containerizer containers,
    UnaryOperator<ToContainer.Launch> furnish,
    Consumer<Reply> replies,
    Consumer<String> stop) {

  /** Carries out what left the gate together; on the loop's thread, so nothing here blocks. */
  public void accept(List<Effect> effects) {
    var records = new ArrayList<ToMaster>();
    var events = new ArrayList<ToExecutor>();
    Optional<String> why = Optional.empty();
    for (var effect : effects) {
      switch (effect) {
        case ToMaster e -> records.add(e);
        case ToExecutor e -> events.add(e);
        case ToContainer.Launch e -> containers.launch(furnish.apply(e));
        case ToContainer.Terminate(var container) -> containers.terminate(container);
        case ToContainer.Forget(var container) -> containers.forget(container);
        case ToContainer.Destroy(var container) -> containers.destroy(container);
        case Reply e -> replies.accept(e);
        case Stop(var reason) -> why = Optional.of(reason);
      }
    }
    if (!records.isEmpty()) {
      master.accept(records);
    }
    if (!events.isEmpty()) {
      executors.accept(events);
    }
    // Last: whoever hears of the stop waits for what the master was sent before it.
    why.ifPresent(stop);
  }
}
