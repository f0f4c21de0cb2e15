package io.proffer.master;

import io.proffer.api.flags.Durations;
import io.proffer.api.flags.WrongFlagException;
import io.proffer.api.json.JsonCodec;
import io.proffer.api.resource.Roles;
import io.proffer.api.v1.DomainInfo;
import io.proffer.kernel.Gate;
import io.proffer.kernel.Loop;
import io.proffer.master.core.state.CoreSettings;
import io.proffer.master.core.validate.WeightValidation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Flags as the parts of a master want them; wrong values are told with the flag's name. */
final class Settings {
  static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private Settings() {}

  static CoreSettings core(MasterConfig config) {
    var tuning = config.tuning();
    config
        .roles()
        .flatMap(Roles::check)
        .ifPresent(
            wrong -> {
              throw new WrongFlagException("--roles", wrong);
            });
    return new CoreSettings(
        tuning.agentReregisterTimeout(),
        tuning.offerTimeout(),
        config.roles(),
        config.rootSubmissions(),
        tuning.maxCompletedFrameworks(),
        tuning.maxCompletedTasksPerFramework(),
        tuning.maxUnreachableTasksPerFramework(),
        tuning.turnEntities(),
        tuning.maxPagedReconciliations(),
        tuning.maxWaitingAccepts(),
        tuning.lostAgents(),
        config.constraints().limits(),
        config.losses().losses());
  }

  /** What {@code --weights} says, by role. */
  static SortedMap<String, Double> weights(MasterConfig config) {
    var weights = new TreeMap<String, Double>();
    for (var pair : AllocatorTuning.names(config.weights().orElse(""))) {
      var parts = pair.split("=", -1);
      var wrong =
          parts.length == 2
              ? Roles.check(parts[0].strip()).or(() -> wrongWeight(parts[1].strip()))
              : Optional.of("it is no such pair");
      if (wrong.isPresent()) {
        throw new WrongFlagException(
            "--weights",
            "Expected role=weight pairs like web=2,batch=0.5, but of '%s': %s"
                .formatted(pair, wrong.get()));
      }
      weights.put(parts[0].strip(), Double.parseDouble(parts[1].strip()));
    }
    return weights;
  }

  private static Optional<String> wrongWeight(String text) {
    try {
      return WeightValidation.checkValue(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return Optional.of("'" + text + "' is no number");
    }
  }

  static Loop.Limits loop(MasterTuning tuning) {
    return new Loop.Limits(tuning.loopQueueCapacity(), tuning.loopBatch(), LAST_WORDS);
  }

  static Gate.Limits gate(MasterTuning tuning) {
    return new Gate.Limits(tuning.gateCapacity(), tuning.registryStoreTimeout());
  }

  /**
   * The flags that say what this master is, as {@code /state} shows them: where the flag left the
   * choice open, what was chosen.
   */
  static Map<String, String> shown(MasterConfig config, String hostname, int boundPort) {
    var tuning = config.tuning();
    var flags = new TreeMap<String, String>();
    flags.put("agent_ping_timeout", Durations.format(tuning.agentPingTimeout()));
    flags.put("agent_reregister_timeout", Durations.format(tuning.agentReregisterTimeout()));
    flags.putAll(tuning.allocation().shown());
    config.domain().ifPresent(where -> flags.put("domain", text(where)));
    flags.put("require_agent_domain", Boolean.toString(config.requireAgentDomain()));
    config.cluster().ifPresent(name -> flags.put("cluster", name));
    flags.putAll(config.logs().shown());
    flags.put("hostname", hostname);
    flags.put("hostname_lookup", Boolean.toString(config.hostnameLookup()));
    flags.put("ip", config.ip());
    flags.put("max_agent_ping_timeouts", Integer.toString(tuning.maxAgentPingTimeouts()));
    flags.put("max_completed_frameworks", Integer.toString(tuning.maxCompletedFrameworks()));
    flags.put(
        "max_completed_tasks_per_framework",
        Integer.toString(tuning.maxCompletedTasksPerFramework()));
    flags.put(
        "max_unreachable_tasks_per_framework",
        Integer.toString(tuning.maxUnreachableTasksPerFramework()));
    tuning.offerTimeout().ifPresent(time -> flags.put("offer_timeout", Durations.format(time)));
    flags.put("port", Integer.toString(boundPort));
    flags.put("registry", config.registry().name());
    flags.put("registry_gc_interval", Durations.format(tuning.lostAgents().gcInterval()));
    flags.put("registry_max_agent_age", Durations.format(tuning.lostAgents().maxAgentAge()));
    flags.put("registry_max_agent_count", Integer.toString(tuning.lostAgents().maxAgentCount()));
    flags.put("registry_store_timeout", Durations.format(tuning.registryStoreTimeout()));
    config.roles().ifPresent(roles -> flags.put("roles", String.join(",", roles)));
    flags.put("root_submissions", Boolean.toString(config.rootSubmissions()));
    config.weights().ifPresent(weights -> flags.put("weights", weights));
    flags.putAll(config.ha().shown());
    flags.putAll(config.locks().shown());
    flags.putAll(config.precautions().shown());
    config.rateLimits().ifPresent(text -> flags.put("rate_limits", text));
    flags.putAll(config.tls().shown(config.ha().zkSsl()));
    config.workDir().ifPresent(dir -> flags.put("work_dir", dir.toString()));
    return flags;
  }

  private static String text(DomainInfo domain) {
    return new String(JsonCodec.encode(domain), StandardCharsets.UTF_8);
  }
}
