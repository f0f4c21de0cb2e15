package io.proffer.master;

import io.proffer.master.core.effect.Effect;
import io.proffer.master.core.effect.Reply;
import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.effect.ToFramework;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Gives each family of effects to the room that words it, in order within the family. */
public record Effects(
    Consumer<List<ToAgent>> agents, Consumer<List<ToFramework>> frameworks, Consumer<Reply> replies)
    implements Consumer<List<Effect>> {

  @Override
  public void accept(List<Effect> batch) {
    var toAgents = new ArrayList<ToAgent>();
    var toFrameworks = new ArrayList<ToFramework>();
    var toCallers = new ArrayList<Reply>();
    for (var effect : batch) {
      switch (effect) {
        case ToAgent one -> toAgents.add(one);
        case ToFramework one -> toFrameworks.add(one);
        case Reply one -> toCallers.add(one);
      }
    }
    if (!toAgents.isEmpty()) {
      agents.accept(toAgents);
    }
    if (!toFrameworks.isEmpty()) {
      frameworks.accept(toFrameworks);
    }
    toCallers.forEach(replies);
  }
}
