package io.proffer.master.core.effect;

import com.google.protobuf.ByteString;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.OfferId;
import io.proffer.api.v1.OperationStatus;
import io.proffer.api.v1.TaskStatus;
import io.proffer.api.v1.Unavailability;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Capabilities;
import io.proffer.master.core.fact.InverseOffer;
import io.proffer.master.core.fact.Offer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An event for one scheduler stream (scheduler-api, section 10). Streams that are gone ignore it.
 */
public sealed interface ToFramework extends Effect {
  String streamId();

  /** SUBSCRIBED, the first event of a stream; a HEARTBEAT follows at once. */
  record Subscribed(String streamId, FrameworkId framework) implements ToFramework {}

  /**
   * An offer with the agent it is of.
   *
   * @param unavailability when its machine is planned to be away
   */
  record Offered(
      Offer offer,
      Agent agent,
      List<ExecutorId> executors,
      Optional<Unavailability> unavailability) {}

  /** OFFERS, worded for the capabilities the framework has at this turn. */
  record Offers(String streamId, Capabilities capabilities, List<Offered> offers)
      implements ToFramework {}

  record Rescind(String streamId, OfferId offer) implements ToFramework {}

  /** An inverse offer with the agent it is of. */
  record InverseOffered(InverseOffer offer, Agent agent) {}

  /** INVERSE_OFFERS. */
  record InverseOffers(String streamId, List<InverseOffered> offers) implements ToFramework {}

  /** RESCIND_INVERSE_OFFER. */
  record RescindInverse(String streamId, OfferId offer) implements ToFramework {}

  /** UPDATE; the event itself does not name the framework. */
  record Update(String streamId, FrameworkId framework, TaskStatus status) implements ToFramework {}

  record OperationUpdate(String streamId, OperationStatus status) implements ToFramework {}

  record Message(String streamId, AgentId agent, ExecutorId executor, ByteString data)
      implements ToFramework {}

  /** FAILURE of an agent. */
  record AgentFailed(String streamId, AgentId agent) implements ToFramework {}

  /** FAILURE of an executor. */
  record ExecutorFailed(String streamId, AgentId agent, ExecutorId executor, OptionalInt status)
      implements ToFramework {}

  /** ERROR; the stream closes after it. */
  record Failed(String streamId, String message) implements ToFramework {}

  /** The stream closes without a last event. */
  record Close(String streamId) implements ToFramework {}

  /**
   * Nothing a client sees: a long answer paused here. When what was written before has drained, the
   * shell sends a {@code SchedulerCommand.StreamDrained}.
   */
  record PageEnd(String streamId) implements ToFramework {}
}
