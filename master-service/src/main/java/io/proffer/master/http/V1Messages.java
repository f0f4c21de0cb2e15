package io.proffer.master.http;

import com.google.protobuf.ByteString;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.resource.Thousandths;
import io.proffer.api.v1.FileInfo;
import io.proffer.api.v1.Flag;
import io.proffer.api.v1.Metric;
import io.proffer.api.v1.Resource;
import io.proffer.api.v1.Role;
import io.proffer.api.v1.Value;
import io.proffer.api.v1.master.Response;
import io.proffer.api.version.Version;
import io.proffer.master.core.fact.Snapshot;
import io.proffer.master.sight.Sight;
import io.proffer.master.words.MaintenanceWords;
import io.proffer.master.words.Times;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The short answers of POST /api/v1 (json-shapes, section 4). */
final class V1Messages {
  /** What GET_ROLES tells of; {@code /roles} has them all. */
  private static final Set<String> OF_ROLES = Set.of("cpus", "mem", "disk", "gpus");

  private V1Messages() {}

  static Response health() {
    return of(Response.Type.GET_HEALTH)
        .setGetHealth(Response.GetHealth.newBuilder().setHealthy(true))
        .build();
  }

  static Response version() {
    return of(Response.Type.GET_VERSION)
        .setGetVersion(Response.GetVersion.newBuilder().setVersionInfo(Version.info()))
        .build();
  }

  static Response flags(Map<String, String> flags) {
    var all = Response.GetFlags.newBuilder();
    flags.forEach((name, value) -> all.addFlags(Flag.newBuilder().setName(name).setValue(value)));
    return of(Response.Type.GET_FLAGS).setGetFlags(all).build();
  }

  static Response metrics(Map<String, Double> figures) {
    var all = Response.GetMetrics.newBuilder();
    figures.forEach(
        (name, value) -> all.addMetrics(Metric.newBuilder().setName(name).setValue(value)));
    return of(Response.Type.GET_METRICS).setGetMetrics(all).build();
  }

  static Response loggingLevel(int level) {
    return of(Response.Type.GET_LOGGING_LEVEL)
        .setGetLoggingLevel(Response.GetLoggingLevel.newBuilder().setLevel(level))
        .build();
  }

  static Response listFiles(List<FileInfo> entries) {
    return of(Response.Type.LIST_FILES)
        .setListFiles(Response.ListFiles.newBuilder().addAllFileInfos(entries))
        .build();
  }

  static Response readFile(long size, ByteString data) {
    return of(Response.Type.READ_FILE)
        .setReadFile(Response.ReadFile.newBuilder().setSize(size).setData(data))
        .build();
  }

  static Response master(Snapshot snapshot) {
    var facts = snapshot.master();
    return of(Response.Type.GET_MASTER)
        .setGetMaster(
            Response.GetMaster.newBuilder()
                .setMasterInfo(facts.info())
                .setStartTime(Times.seconds(facts.started()))
                .setElectedTime(Times.seconds(facts.elected())))
        .build();
  }

  static Response roles(
      Snapshot snapshot, Page page, Optional<FrameworkId> framework, Sight sight) {
    var all = Response.GetRoles.newBuilder();
    for (var role : RoleTally.page(snapshot, page, framework, sight)) {
      all.addRoles(role(role.getKey(), role.getValue()));
    }
    return of(Response.Type.GET_ROLES).setGetRoles(all).build();
  }

  private static Role.Builder role(String name, RoleTally.Row row) {
    var role = Role.newBuilder().setName(name).setWeight(row.weight());
    row.frameworks().forEach(id -> role.addFrameworks(id.message()));
    row.resources()
        .forEach(
            (resource, amount) -> {
              if (OF_ROLES.contains(resource)) {
                role.addResources(scalar(resource, amount));
              }
            });
    return role;
  }

  private static Resource scalar(String name, long thousandths) {
    return Resource.newBuilder()
        .setName(name)
        .setType(Value.Type.SCALAR)
        .setScalar(Value.Scalar.newBuilder().setValue(Thousandths.toDouble(thousandths)))
        .build();
  }

  // What nothing makes, sets or plans yet: the answers of a master where nobody did.

  static Response noOperations() {
    return of(Response.Type.GET_OPERATIONS)
        .setGetOperations(Response.GetOperations.getDefaultInstance())
        .build();
  }

  static Response maintenanceStatus(Snapshot snapshot) {
    return of(Response.Type.GET_MAINTENANCE_STATUS)
        .setGetMaintenanceStatus(
            Response.GetMaintenanceStatus.newBuilder().setStatus(MaintenanceWords.status(snapshot)))
        .build();
  }

  static Response maintenanceSchedule(Snapshot snapshot) {
    return of(Response.Type.GET_MAINTENANCE_SCHEDULE)
        .setGetMaintenanceSchedule(
            Response.GetMaintenanceSchedule.newBuilder()
                .setSchedule(snapshot.maintenance().schedule()))
        .build();
  }

  private static Response.Builder of(Response.Type type) {
    return Response.newBuilder().setType(type);
  }
}
