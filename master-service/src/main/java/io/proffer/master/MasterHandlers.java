package io.proffer.master;

import io.proffer.api.acl.Action;
import io.proffer.api.auth.Authorizer;
import io.proffer.api.endpoint.Endpoint;
import io.proffer.api.endpoint.LockEndpoints;
import io.proffer.api.endpoint.MachineEndpoints;
import io.proffer.api.endpoint.MasterEndpoints;
import io.proffer.api.endpoint.PageEndpoints;
import io.proffer.api.endpoint.QuotaEndpoints;
import io.proffer.api.files.FileCalls;
import io.proffer.api.files.FilesHandlers;
import io.proffer.api.files.LogFile;
import io.proffer.api.http.Answer;
import io.proffer.api.http.Connections;
import io.proffer.api.http.Documentation;
import io.proffer.api.http.Exchange;
import io.proffer.api.http.PathRules;
import io.proffer.api.http.Reload;
import io.proffer.api.metrics.MetricsEndpoints;
import io.proffer.api.process.ProcessHandlers;
import io.proffer.api.process.Verbosity;
import io.proffer.kernel.Ids;
import io.proffer.master.agentlink.AgentLink;
import io.proffer.master.core.fact.Snapshot;
import io.proffer.master.http.AgentFiles;
import io.proffer.master.http.Changes;
import io.proffer.master.http.ExplainEndpoint;
import io.proffer.master.http.FormEndpoints;
import io.proffer.master.http.MaintenanceEndpoints;
import io.proffer.master.http.OperatorEndpoint;
import io.proffer.master.http.Pending;
import io.proffer.master.http.PlainEndpoints;
import io.proffer.master.http.Reads;
import io.proffer.master.http.RedirectEndpoint;
import io.proffer.master.http.RoleEndpoints;
import io.proffer.master.http.SchedulerEndpoint;
import io.proffer.master.http.Snapshots;
import io.proffer.master.watch.OperatorStreams;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Who answers which endpoint of a master. */
record MasterHandlers(
    MasterConfig config, CommandPort commands, Pending pending, Connections connections, Ids ids) {
  /**
   * What answers them, beside what this has.
   *
   * @param authorizer says what those who ask may do
   * @param leader the address of the leader, when there is one
   * @param masters tells which masters there are
   * @param ready whether all requests are answered here or from here
   */
  record Parts(
      PlainEndpoints plain,
      AgentLink link,
      OperatorStreams watched,
      Snapshots snapshots,
      Reads reads,
      MetricsEndpoints<Snapshot> figures,
      AgentFiles files,
      Reload reload,
      Authorizer authorizer,
      Supplier<Optional<String>> leader,
      Consumer<Exchange> masters,
      BooleanSupplier ready) {}

  Map<Endpoint, Consumer<Exchange>> table(Parts parts) {
    var changes = new Changes(commands::offer, pending);
    var log = new LogFile("/master/log", config.logs().shownFile("master"));
    var access = log.access(who -> parts.authorizer().rights(who).allow(Action.ACCESS_MESOS_LOG));
    var files = new FilesHandlers(log, access);
    var documentation = new Documentation("master");
    var table = new LinkedHashMap<>(parts.plain().table());
    table.put(
        MasterEndpoints.SCHEDULER,
        new SchedulerEndpoint(
            commands::offer, commands::insist, pending, connections, ids, parts.authorizer()));
    table.put(MasterEndpoints.OPERATOR, operator(parts, changes, new FileCalls(log, access)));
    table.put(MasterEndpoints.EXPLAIN, new ExplainEndpoint(changes, parts.authorizer()));
    table.put(MasterEndpoints.AGENT_SUBSCRIBE, parts.link()::subscribe);
    table.put(MasterEndpoints.AGENT_RECORDS, parts.link()::records);
    table.put(MasterEndpoints.REDIRECT, new RedirectEndpoint(parts.leader()));
    table.put(MasterEndpoints.MASTERS, parts.masters());
    table.put(
        MasterEndpoints.READY,
        exchange ->
            exchange.answer(
                parts.ready().getAsBoolean() ? Answer.empty(200) : Admission.leaderless()));
    table.put(MasterEndpoints.TEARDOWN, new FormEndpoints(changes, parts.authorizer())::teardown);
    var roles = new RoleEndpoints(parts.snapshots(), changes, parts.authorizer());
    table.put(QuotaEndpoints.WEIGHTS, roles::weights);
    table.put(QuotaEndpoints.QUOTA, roles::quota);
    var maintenance = new MaintenanceEndpoints(parts.reads(), changes, parts.authorizer());
    table.put(MachineEndpoints.SCHEDULE, maintenance::schedule);
    table.put(MachineEndpoints.STATUS, maintenance::status);
    table.put(MachineEndpoints.DOWN, maintenance::down);
    table.put(MachineEndpoints.UP, maintenance::up);
    table.put(MasterEndpoints.FILES_BROWSE, files::browse);
    table.put(MasterEndpoints.FILES_READ, files::read);
    table.put(MasterEndpoints.FILES_DOWNLOAD, files::download);
    table.put(MasterEndpoints.FILES_DEBUG, files::debug);
    table.put(
        PageEndpoints.LOGGING, exchange -> ProcessHandlers.logging(exchange, parts.authorizer()));
    table.put(PageEndpoints.SYSTEM, ProcessHandlers::system);
    table.put(MasterEndpoints.AGENT_FILES, parts.files()::download);
    table.put(LockEndpoints.RELOAD, parts.reload());
    table.put(PageEndpoints.OPENAPI, documentation::document);
    table.put(PageEndpoints.DOCS, documentation::page);
    table.put(MasterEndpoints.METRICS, parts.figures()::snapshot);
    table.put(MasterEndpoints.PROMETHEUS, parts.figures()::prometheus);
    for (var endpoint : MasterEndpoints.all()) {
      if (!table.containsKey(endpoint)) {
        throw new IllegalStateException(
            "nobody handles " + endpoint.path() + ": name its handler in MasterHandlers.table");
      }
    }
    return PathRules.over(table, parts.authorizer());
  }

  private OperatorEndpoint operator(Parts parts, Changes changes, FileCalls files) {
    return new OperatorEndpoint(
        parts.snapshots(),
        parts.reads(),
        changes,
        new Feed(parts.watched()),
        () -> ids.next().toString(),
        new OperatorEndpoint.Sources(
            parts.plain().description(),
            (limit, take) ->
                parts.figures().gather(limit, all -> take.accept(() -> all.get().named())),
            files,
            Verbosity.ofThisProcess(),
            parts.authorizer()));
  }
}
