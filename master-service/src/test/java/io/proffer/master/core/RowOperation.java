package io.proffer.master.core;

import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import io.proffer.api.v1.ExecutorInfo;
import io.proffer.api.v1.Offer;
import io.proffer.api.v1.TaskInfo;
import io.proffer.master.rows.Row;

/** The operation that a row of {@code rows/5-accept.txt} describes. */
final class RowOperation {
  static final String OFFER = "ports:[31000-32000];cpus:4;mem:4096;disk:8192";

  private static final String USED =
      "resources { name: 'cpus' type: SCALAR scalar { value: 0.1 } }"
          + " resources { name: 'mem' type: SCALAR scalar { value: 32 } } ";
  private static final String PLACE =
      "name: 't' task_id { value: 't' } agent_id { value: 'm-S0' } " + USED;
  private static final String TASK = PLACE + "command { value: 'true' } ";
  private static final String EXECUTOR =
      "executor_id { value: 'e' } framework_id { value: 'm-0000' } " + USED;
  private static final String CUSTOM = EXECUTOR + "command { value: 'run' } ";
  private static final String DEFAULT =
      EXECUTOR + "type: DEFAULT resources { name: 'disk' type: SCALAR scalar { value: 32 } } ";
  private static final String VOLUME =
      "resources { name: 'disk' type: SCALAR scalar { value: 64 }"
          + " reservations { type: DYNAMIC role: 'r' } disk { persistence { id: 'v' }"
          + " volume { container_path: 'p' mode: RW } } }";

  private RowOperation() {}

  /** Whether the row is of one task of a LAUNCH. */
  static boolean isLaunch(Row row) {
    return row.has("task") || row.has("executor");
  }

  /** Whether the row is of a LAUNCH_GROUP. */
  static boolean isGroup(Row row) {
    return row.has("grouped")
        || row.has("group")
        || row.find("operation").filter(text -> text.contains("launch_group {")).isPresent();
  }

  static Offer.Operation of(Row row) {
    if (row.has("operation")) {
      return changed("", row.get("operation"), Offer.Operation.newBuilder()).build();
    }
    var good = task(TASK, "task_id { value: 'good' }");
    if (row.has("task")) {
      return Infos.launch(good.build(), task(TASK, row.get("task")).build());
    }
    if (row.has("executor")) {
      var bringing = task(PLACE, row.find("also").orElse(""));
      bringing.setExecutor(changed(CUSTOM, row.get("executor"), ExecutorInfo.newBuilder()));
      return Infos.launch(good.build(), bringing.build());
    }
    var operation = Offer.Operation.newBuilder().setType(Offer.Operation.Type.LAUNCH_GROUP);
    operation
        .getLaunchGroupBuilder()
        .setExecutor(changed(DEFAULT, row.find("group").orElse(""), ExecutorInfo.newBuilder()));
    operation
        .getLaunchGroupBuilder()
        .getTaskGroupBuilder()
        .addTasks(good)
        .addTasks(task(TASK, row.find("grouped").orElse("")));
    return operation.build();
  }

  private static TaskInfo.Builder task(String base, String changes) {
    return changed(base, changes, TaskInfo.newBuilder());
  }

  /** The base, without what the changes clear, with the rest of them over it. */
  private static <B extends Message.Builder> B changed(String base, String changes, B builder) {
    merge(base, builder);
    var rest = changes;
    while (rest.startsWith("!")) {
      var parts = rest.substring(1).split(" ", 2);
      builder.clearField(builder.getDescriptorForType().findFieldByName(parts[0]));
      rest = parts.length > 1 ? parts[1] : "";
    }
    merge(rest, builder);
    return builder;
  }

  private static void merge(String text, Message.Builder builder) {
    try {
      TextFormat.merge(
          text.replace("$VOLUME", VOLUME)
              .replace("$TASK", TASK)
              .replace("$EXECUTOR", CUSTOM)
              .replace("$LONG", "x".repeat(256)),
          builder);
    } catch (TextFormat.ParseException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
