package io.proffer.api.endpoint;

/** What a master tells and does of machines that will be out of service, or are. */
public final class MachineEndpoints {
  public static final Endpoint SCHEDULE =
      Endpoint.read(
              "/maintenance/schedule",
              Access.READ_WRITE,
              "All planned maintenance. POST of a document of the same form plans that, in place of all"
                  + " that was.",
              Contract.document("maintenance.Schedule"))
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
          "Takes machines out of service that are on the schedule. The body is a JSON array of"
              + " machines, as `[{\"hostname\":\"h\",\"ip\":\"10.0.0.1\"}]`.",
          Contract.NONE);
  public static final Endpoint UP =
      Endpoint.form(
          "/machine/up",
          Access.READ_WRITE,
          "Has machines in service again, and takes them off the schedule. The body is a JSON"
              + " array of machines.",
          Contract.NONE);

  private MachineEndpoints() {}
}
