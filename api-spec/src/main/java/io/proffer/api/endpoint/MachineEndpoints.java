package io.proffer.api.endpoint;

/** What a master tells and does of machines that will be out of service, or are. */
public final class MachineEndpoints {
  private static final String MACHINES = "[{\"hostname\":\"h\",\"ip\":\"10.0.0.1\"}]";
  private static final String DOWN_SUMMARY =
      "Takes machines out of service that are on the schedule.";
  private static final String UP_SUMMARY =
      "Has machines in service again, and takes them off the schedule.";

  public static final Endpoint SCHEDULE =
      Endpoint.read(
              "/maintenance/schedule",
              Access.READ_WRITE,
              "All planned maintenance.",
              Contract.document("maintenance.Schedule")
                  .writing(
                      "POST",
                      "maintenance.Schedule",
                      "{\"windows\":[{\"machine_ids\":"
                          + MACHINES
                          + ",\"unavailability\":{\"start\":{\"nanoseconds\":1790000000000000000}}}]}",
                      "Plans this, in place of all that was."))
          .onlyBy("GET", "POST");
  public static final Endpoint STATUS =
      Endpoint.read(
              "/maintenance/status",
              Access.READ_WRITE,
              "Machines that wait for their maintenance, with what frameworks say to it, and those"
                  + " that are down.",
              Contract.document("maintenance.ClusterStatus"))
          .onlyBy("GET");
  public static final Endpoint DOWN =
      Endpoint.form(
          "/machine/down",
          Access.READ_WRITE,
          DOWN_SUMMARY,
          Contract.NONE.writing("POST", "Machines", MACHINES, DOWN_SUMMARY));
  public static final Endpoint UP =
      Endpoint.form(
          "/machine/up",
          Access.READ_WRITE,
          UP_SUMMARY,
          Contract.NONE.writing("POST", "Machines", MACHINES, UP_SUMMARY));

  private MachineEndpoints() {}
}
