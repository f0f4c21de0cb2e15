package io.proffer.api.acl;

import java.util.Optional;

/**
 * What rules may be about (lifecycle, section 11; ACLs of the reference). Those of features that
 * are not there yet have a name too: documents of the reference are accepted with them.
 */
public enum Action {
  /** SUBSCRIBE and UPDATE_FRAMEWORK of frameworks: each of their roles. */
  REGISTER_FRAMEWORK("register_frameworks", "roles", Objects.ROLES),
  /** Tasks: the user they run as. */
  RUN_TASK("run_tasks", "users", Objects.NAMES),
  /** TEARDOWN by operators: the principal of the framework. */
  TEARDOWN_FRAMEWORK("teardown_frameworks", "framework_principals", Objects.NAMES),
  /** Agents that come with static reservations: the roles of these. */
  RESERVE_RESOURCES("reserve_resources", "roles", Objects.ROLES),
  UNRESERVE_RESOURCES(
      "unreserve_resources", "reserver_principals", Objects.NAMES, "reservations by frameworks"),
  CREATE_VOLUME("create_volumes", "roles", Objects.ROLES, "volumes"),
  DESTROY_VOLUME("destroy_volumes", "creator_principals", Objects.NAMES, "volumes"),
  RESIZE_VOLUME("resize_volumes", "roles", Objects.ROLES, "volumes"),
  CREATE_BLOCK_DISK("create_block_disks", "roles", Objects.ROLES, "resource providers"),
  DESTROY_BLOCK_DISK("destroy_block_disks", "roles", Objects.ROLES, "resource providers"),
  CREATE_MOUNT_DISK("create_mount_disks", "roles", Objects.ROLES, "resource providers"),
  DESTROY_MOUNT_DISK("destroy_mount_disks", "roles", Objects.ROLES, "resource providers"),
  DESTROY_RAW_DISK("destroy_raw_disks", "roles", Objects.ROLES, "resource providers"),
  /** Quotas in lists: the role. */
  GET_QUOTA("get_quotas", "roles", Objects.ROLES),
  /** Quotas that are set or removed: the role. */
  UPDATE_QUOTA("update_quotas", "roles", Objects.ROLES),
  /** Weights that are set: the role. */
  UPDATE_WEIGHT("update_weights", "roles", Objects.ROLES),
  /** Roles in lists, and resources that belong to them. */
  VIEW_ROLE("view_roles", "roles", Objects.ROLES),
  /** Endpoints that their path alone decides. */
  GET_ENDPOINT("get_endpoints", "paths", Objects.PATHS),
  /** Frameworks, and all that is theirs: their user. */
  VIEW_FRAMEWORK("view_frameworks", "users", Objects.NAMES),
  /** Tasks: the user they run as. */
  VIEW_TASK("view_tasks", "users", Objects.NAMES),
  /** Executors: the user they run as. */
  VIEW_EXECUTOR("view_executors", "users", Objects.NAMES),
  /** Files of sandboxes: the user of their executor. */
  ACCESS_SANDBOX("access_sandboxes", "users", Objects.NAMES),
  /** The log of a service. */
  ACCESS_MESOS_LOG("access_mesos_logs", "logs", Objects.WHOLE),
  /** The flags of a service. */
  VIEW_FLAGS("view_flags", "flags", Objects.WHOLE),
  /** How much a service logs. */
  SET_LOG_LEVEL("set_log_level", "level", Objects.WHOLE),
  LAUNCH_NESTED_CONTAINER_AS_USER(
      "launch_nested_containers_as_user", "users", Objects.NAMES, "pods"),
  LAUNCH_NESTED_CONTAINER_UNDER_PARENT_WITH_USER(
      "launch_nested_containers_under_parent_with_user", "users", Objects.NAMES, "pods"),
  KILL_NESTED_CONTAINER("kill_nested_containers", "users", Objects.NAMES, "pods"),
  WAIT_NESTED_CONTAINER("wait_nested_containers", "users", Objects.NAMES, "pods"),
  REMOVE_NESTED_CONTAINER("remove_nested_containers", "users", Objects.NAMES, "pods"),
  LAUNCH_NESTED_CONTAINER_SESSION_AS_USER(
      "launch_nested_container_sessions_as_user", "users", Objects.NAMES, "pods"),
  LAUNCH_NESTED_CONTAINER_SESSION_UNDER_PARENT_WITH_USER(
      "launch_nested_container_sessions_under_parent_with_user", "users", Objects.NAMES, "pods"),
  ATTACH_CONTAINER_INPUT(
      "attach_containers_input", "users", Objects.NAMES, "attaching to containers"),
  ATTACH_CONTAINER_OUTPUT(
      "attach_containers_output", "users", Objects.NAMES, "attaching to containers"),
  /** Containers: the user of their executor. */
  VIEW_CONTAINER("view_containers", "users", Objects.NAMES),
  LAUNCH_STANDALONE_CONTAINER(
      "launch_standalone_containers", "users", Objects.NAMES, "standalone containers"),
  KILL_STANDALONE_CONTAINER(
      "kill_standalone_containers", "users", Objects.NAMES, "standalone containers"),
  WAIT_STANDALONE_CONTAINER(
      "wait_standalone_containers", "users", Objects.NAMES, "standalone containers"),
  REMOVE_STANDALONE_CONTAINER(
      "remove_standalone_containers", "users", Objects.NAMES, "standalone containers"),
  VIEW_STANDALONE_CONTAINER(
      "view_standalone_containers", "users", Objects.NAMES, "standalone containers"),
  /** Agents that register, or come back. */
  REGISTER_AGENT("register_agents", "agents", Objects.WHOLE),
  /** UPDATE_MAINTENANCE_SCHEDULE. */
  UPDATE_MAINTENANCE_SCHEDULE("update_maintenance_schedules", "machines", Objects.WHOLE),
  /** GET_MAINTENANCE_SCHEDULE. */
  GET_MAINTENANCE_SCHEDULE("get_maintenance_schedules", "machines", Objects.WHOLE),
  /** START_MAINTENANCE. */
  START_MAINTENANCE("start_maintenances", "machines", Objects.WHOLE),
  /** STOP_MAINTENANCE. */
  STOP_MAINTENANCE("stop_maintenances", "machines", Objects.WHOLE),
  /** GET_MAINTENANCE_STATUS. */
  GET_MAINTENANCE_STATUS("get_maintenance_statuses", "machines", Objects.WHOLE),
  /** DRAIN_AGENT. */
  DRAIN_AGENT("drain_agents", "agents", Objects.WHOLE),
  /** DEACTIVATE_AGENT. */
  DEACTIVATE_AGENT("deactivate_agents", "agents", Objects.WHOLE),
  /** REACTIVATE_AGENT. */
  REACTIVATE_AGENT("reactivate_agents", "agents", Objects.WHOLE),
  /** MARK_AGENT_GONE, and DRAIN_AGENT of agents that are gone afterwards. */
  MARK_AGENT_GONE("mark_agents_gone", "agents", Objects.WHOLE),
  MODIFY_RESOURCE_PROVIDER_CONFIG(
      "modify_resource_provider_configs",
      "resource_providers",
      Objects.WHOLE,
      "resource providers"),
  MARK_RESOURCE_PROVIDER_GONE(
      "mark_resource_providers_gone", "resource_providers", Objects.WHOLE, "resource providers"),
  VIEW_RESOURCE_PROVIDER(
      "view_resource_providers", "resource_providers", Objects.WHOLE, "resource providers"),
  PRUNE_IMAGE("prune_images", "images", Objects.WHOLE, "images");

  private final String key;
  private final String object;
  private final Objects objects;
  private final Optional<String> later;

  /** What the objects of an action are. */
  enum Objects {
    /** Users, principals. */
    NAMES,
    /** Roles; {@code eng/%} stands for all below {@code eng}. */
    ROLES,
    /** Paths of endpoints that rules may be about. */
    PATHS,
    /** There is but one object: a rule can only name ANY or NONE. */
    WHOLE
  }

  Action(String key, String object, Objects objects) {
    this.key = key;
    this.object = object;
    this.objects = objects;
    this.later = Optional.empty();
  }

  Action(String key, String object, Objects objects, String later) {
    this.key = key;
    this.object = object;
    this.objects = objects;
    this.later = Optional.of(later);
  }

  /** Under which its rules stand in a document. */
  public String key() {
    return key;
  }

  /** The member of a rule that says what it is about, beside {@code principals}. */
  public String object() {
    return object;
  }

  /** With which feature it comes; empty when it is honoured. */
  public Optional<String> later() {
    return later;
  }

  Objects objects() {
    return objects;
  }
}
