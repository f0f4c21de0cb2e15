package io.proffer.master.core.command;

import io.proffer.api.acl.Rights;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.v1.DrainConfig;
import io.proffer.api.v1.MachineID;
import io.proffer.api.v1.WeightInfo;
import io.proffer.api.v1.maintenance.Schedule;
import io.proffer.api.v1.quota.QuotaConfig;
import io.proffer.api.v1.quota.QuotaRequest;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** What operators and their tools ask. */
public sealed interface OperatorCommand extends Command {

  /** A read of any kind: answered with a snapshot of all tables, which the shell words. */
  record Read(ReplyTo replyTo) implements OperatorCommand {}

  /**
   * Why is a framework offered nothing?
   *
   * @param role one of its roles; empty for all of them
   * @param agent a registered one; empty for all of them
   * @param rights what the one who asks may do
   */
  record Explain(
      FrameworkId framework,
      Optional<String> role,
      Optional<AgentId> agent,
      Rights rights,
      ReplyTo replyTo)
      implements OperatorCommand {}

  /**
   * TEARDOWN: a framework goes for good, whether it is there or not.
   *
   * @param rights what the one who asks may do
   */
  record Teardown(FrameworkId framework, Rights rights, ReplyTo replyTo)
      implements OperatorCommand {}

  /** What is said of roles: their weights and quotas. All of it or, when refused, nothing. */
  sealed interface OfRoles extends OperatorCommand {
    /** What the one who asks may do. */
    Rights rights();

    ReplyTo replyTo();
  }

  /** UPDATE_WEIGHTS: these roles have these weights from now on. */
  record UpdateWeights(List<WeightInfo> weights, Rights rights, ReplyTo replyTo)
      implements OfRoles {
    public UpdateWeights {
      weights = List.copyOf(weights);
    }
  }

  /**
   * UPDATE_QUOTA: these roles have these quotas from now on.
   *
   * @param force whatever the cluster has, and the roles use already
   */
  record UpdateQuota(List<QuotaConfig> configs, boolean force, Rights rights, ReplyTo replyTo)
      implements OfRoles {
    public UpdateQuota {
      configs = List.copyOf(configs);
    }
  }

  /** SET_QUOTA, the form before UPDATE_QUOTA: a first quota for a role. */
  record SetQuota(QuotaRequest request, Rights rights, ReplyTo replyTo) implements OfRoles {}

  /**
   * REMOVE_QUOTA: the role has no quota any more.
   *
   * @param path of the request, when it names the role and answers speak of it
   */
  record RemoveQuota(String role, Optional<String> path, Rights rights, ReplyTo replyTo)
      implements OfRoles {}

  /**
   * The file of hosts whose agents are offered was read, and is not what it was. Nobody waits for
   * an answer.
   *
   * @param hostnames empty for all hosts there are
   */
  record Whitelist(Optional<SortedSet<String>> hostnames) implements OperatorCommand {}

  /** UPDATE_MAINTENANCE_SCHEDULE: what is planned, in place of all that was. */
  record UpdateSchedule(Schedule schedule, ReplyTo replyTo) implements OperatorCommand {}

  /** START_MAINTENANCE: these machines go out of service. */
  record StartMaintenance(List<MachineID> machines, ReplyTo replyTo) implements OperatorCommand {}

  /** STOP_MAINTENANCE: these machines are back. */
  record StopMaintenance(List<MachineID> machines, ReplyTo replyTo) implements OperatorCommand {}

  /** DEACTIVATE_AGENT: no offers of it, wherever it is; its tasks go on. */
  record Deactivate(AgentId agent, ReplyTo replyTo) implements OperatorCommand {}

  /**
   * DRAIN_AGENT: its tasks are ended, and nothing of it is offered any more; wherever it is.
   *
   * @param rights what the one who asks may do
   */
  record Drain(AgentId agent, DrainConfig config, Rights rights, ReplyTo replyTo)
      implements OperatorCommand {}

  /** REACTIVATE_AGENT: offers again of an agent that was deactivated, or has been drained. */
  record Reactivate(AgentId agent, ReplyTo replyTo) implements OperatorCommand {}

  /** MARK_AGENT_GONE: it may never come back, wherever it is now. */
  record MarkGone(AgentId agent, ReplyTo replyTo) implements OperatorCommand {}
}
