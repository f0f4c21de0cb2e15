package io.proffer.agent;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import io.proffer.agent.core.fact.AgentFacts;
import io.proffer.agent.host.Announcement;
import io.proffer.agent.host.HostResources;
import io.proffer.agent.masterlink.Masters;
import io.proffer.api.flags.WrongFlagException;
import io.proffer.api.json.Domains;
import io.proffer.api.resource.Attributes;
import io.proffer.api.resource.ResourceParseException;
import io.proffer.api.resource.Resources;
import io.proffer.api.resource.Roles;
import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.Attribute;
import io.proffer.api.v1.DomainInfo;
import io.proffer.api.version.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a configuration means on this host; all of it is checked before anything starts. */
record Startup(
    AgentConfig config,
    Masters masters,
    Resources resources,
    List<Attribute> attributes,
    Optional<DomainInfo> domain,
    SortedMap<String, String> environment,
    Announcement announcement) {

  static Startup of(AgentConfig config) {
    return new Startup(
        config,
        masters(config),
        resources(config),
        attributes(config.attributes()),
        domain(config),
        environment(config.executorEnvironmentVariables()),
        Announcement.of(
            config.ip(), config.advertiseIp(), config.hostname(), config.hostnameLookup()));
  }

  /** What the agent announces, once its port and its directories are there. */
  AgentFacts facts(int port) {
    var host = HostResources.of(config.workDir());
    var info =
        AgentInfo.newBuilder()
            .setHostname(announcement.hostname())
            .setPort(config.advertisePort().orElse(port))
            .addAllResources(host.with(resources, config.defaultRole()))
            .addAllAttributes(attributes);
    domain.ifPresent(info::setDomain);
    return new AgentFacts(
        info.build(),
        announcement.ip(),
        config.workDir().toString(),
        config.executorSocket().map(Path::toString),
        config.launcherDir(),
        environment,
        Version.PROTOCOL,
        System.currentTimeMillis() / 1000.0);
  }

  /** What the operator should know before the agent serves. */
  List<String> warnings() {
    var warnings = new ArrayList<>(config.tls().warnings());
    if (!announcement.isLocal(config.ip())) {
      config.locks().warning(config.ip()).ifPresent(warnings::add);
    }
    return warnings;
  }

  /**
   * All flags, as {@code /flags} shows them: where one left the choice open, what was chosen; of
   * secrets the files, never what is in them.
   */
  Map<String, String> flags() {
    var flags = OptionWords.of(config);
    config.executorSocket().ifPresent(path -> flags.put("domain_socket_location", path.toString()));
    // The values may be secrets of tasks.
    flags.remove("executor_environment_variables");
    flags.putAll(config.precautions().shown());
    flags.putAll(config.logs().shown());
    flags.putAll(config.locks().shown());
    flags.putAll(config.tls().shown());
    flags.put("hostname", announcement.hostname());
    // These may hold passwords.
    flags.put("master", masters.shown());
    flags.computeIfPresent("otlp_endpoint", (name, url) -> url.replaceFirst("//[^/]*@", "//"));
    flags.put("runtime_dir", config.runtimeDir().toString());
    flags.put("work_dir", config.workDir().toString());
    return flags;
  }

  private static Masters masters(AgentConfig config) {
    try {
      return Masters.of(config.master(), config.zkSessionTimeout());
    } catch (IllegalArgumentException e) {
      throw new WrongFlagException("--master", e.getMessage(), e);
    }
  }

  private static Resources resources(AgentConfig config) {
    Roles.check(config.defaultRole())
        .ifPresent(
            wrong -> {
              throw new WrongFlagException("--default_role", wrong);
            });
    var text = config.resources().orElse("");
    try {
      return Resources.parse(text, config.defaultRole());
    } catch (ResourceParseException e) {
      throw new WrongFlagException(
          "--resources",
          "Expected resources like cpus:4;mem:4096;ports:[31000-32000], or a JSON list of them, but"
              + " got '%s': %s".formatted(text, e.getMessage()),
          e);
    }
  }

  private static List<Attribute> attributes(String text) {
    try {
      return Attributes.parse(text);
    } catch (ResourceParseException e) {
      throw new WrongFlagException(
          "--attributes",
          "Expected attributes like rack:a1;slots:4, but got '%s': %s"
              .formatted(text, e.getMessage()),
          e);
    }
  }

  private static Optional<DomainInfo> domain(AgentConfig config) {
    try {
      return config.domain().map(Domains::parse);
    } catch (IllegalArgumentException e) {
      throw new WrongFlagException("--domain", e.getMessage(), e);
    }
  }

  private static SortedMap<String, String> environment(String json) {
    var variables = new TreeMap<String, String>();
    try (var in = new JsonFactory().createParser(json)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw notAnObject(json, null);
      }
      while (in.nextToken() != JsonToken.END_OBJECT) {
        var name = in.currentName();
        if (in.nextToken() != JsonToken.VALUE_STRING) {
          throw notAnObject(json, null);
        }
        variables.put(name, in.getText());
      }
      return variables;
    } catch (IOException e) {
      throw notAnObject(json, e);
    }
  }

  private static WrongFlagException notAnObject(String json, Throwable cause) {
    return new WrongFlagException(
        "--executor_environment_variables",
        "Expected a JSON object of strings, like {\"LANG\":\"C\"}, but got '" + json + "'",
        cause);
  }
}
