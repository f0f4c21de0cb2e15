package io.proffer.master.shell;

import com.google.protobuf.ByteString;
import io.proffer.api.internal.Accepted;
import io.proffer.api.internal.FromAgent;
import io.proffer.api.internal.Subscribe;
import io.proffer.api.internal.ToAgent;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.AgentID;
import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.FrameworkID;
import io.proffer.api.v1.TaskID;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;

/** An agent that does what a test says, over the real protocol. */
final class ScriptedAgent implements AutoCloseable {
  private final RunningMaster master;
  private final Stream stream;
  private final String session;
  private AgentID id = AgentID.newBuilder().setValue("none").build();
  private long epoch;
  private long sequence;

  private ScriptedAgent(RunningMaster master, Stream stream, String session) {
    this.master = master;
    this.stream = stream;
    this.session = session;
  }

  /** What an agent of four cpus says at first. */
  static Subscribe.Builder subscription() {
    return Subscribe.newBuilder()
        .setFormatVersion(1)
        .setSession(UUID.randomUUID().toString())
        .setIp("127.0.0.1")
        .setVersion("1.11.0")
        .addCapabilities(capability(AgentInfo.Capability.Type.MULTI_ROLE))
        .addCapabilities(capability(AgentInfo.Capability.Type.HIERARCHICAL_ROLE))
        .addCapabilities(capability(AgentInfo.Capability.Type.RESERVATION_REFINEMENT))
        .setAgentInfo(
            AgentInfo.newBuilder()
                .setHostname("host-a")
                .setPort(5051)
                .addAllResources(Resources.parse("cpus:4;mem:4096", "*").messages()));
  }

  private static AgentInfo.Capability capability(AgentInfo.Capability.Type type) {
    return AgentInfo.Capability.newBuilder().setType(type).build();
  }

  /** Opens a session. */
  static ScriptedAgent open(RunningMaster master, Subscribe.Builder subscription)
      throws IOException {
    var stream =
        Stream.open(
            master.port(),
            "/api/internal/agent/subscribe",
            "Content-Type: application/x-protobuf\r\n" + master.shown(),
            subscription.build().toByteArray());
    return new ScriptedAgent(master, stream, subscription.getSession());
  }

  /** Opens a session and waits until it is accepted. */
  static ScriptedAgent register(RunningMaster master, Subscribe.Builder subscription)
      throws IOException {
    var agent = open(master, subscription);
    var first = agent.next();
    if (!first.hasRegistered()) {
      throw new IOException("not registered: " + first);
    }
    agent.id = first.getRegistered().getAgentId();
    agent.epoch = first.getEpoch();
    return agent;
  }

  Stream stream() {
    return stream;
  }

  AgentID id() {
    return id;
  }

  long epoch() {
    return epoch;
  }

  /** The next record, or null at the end. */
  ToAgent next() throws IOException {
    var record = stream.next();
    return record == null ? null : ToAgent.parseFrom(record);
  }

  /** The next record of this kind; pings are let pass. */
  ToAgent next(ToAgent.BodyCase wanted) throws IOException {
    var record = next();
    while (record.hasPing()) {
      record = next();
    }
    if (record.getBodyCase() != wanted) {
      throw new IOException("expected " + wanted + ", got " + record);
    }
    return record;
  }

  /** Sends one record and returns the master's answer. */
  HttpResponse<byte[]> send(FromAgent.Record.Builder record)
      throws IOException, InterruptedException {
    return send(batch().addRecords(record.setSequence(++sequence)));
  }

  HttpResponse<byte[]> send(FromAgent.Builder batch) throws IOException, InterruptedException {
    var request =
        master
            .request("/api/internal/agent/records")
            .header("Content-Type", RunningMaster.PROTOBUF)
            .POST(HttpRequest.BodyPublishers.ofByteArray(batch.build().toByteArray()));
    return master.sendForBytes(request);
  }

  /** An empty batch of this session. */
  FromAgent.Builder batch() {
    return FromAgent.newBuilder()
        .setFormatVersion(1)
        .setEpoch(epoch)
        .setSession(session)
        .setAgentId(id);
  }

  static long through(HttpResponse<byte[]> answer) throws IOException {
    return Accepted.parseFrom(answer.body()).getThrough();
  }

  /** A status update as a record. */
  FromAgent.Record.Builder update(FrameworkID framework, String task, TaskState state) {
    var uuid = UUID.randomUUID().toString().substring(0, 16);
    return FromAgent.Record.newBuilder()
        .setUpdate(
            FromAgent.Update.newBuilder()
                .setFrameworkId(framework)
                .setLatestState(state)
                .setStatus(
                    TaskStatus.newBuilder()
                        .setTaskId(TaskID.newBuilder().setValue(task))
                        .setAgentId(id)
                        .setState(state)
                        .setTimestamp(1.5)
                        .setSource(TaskStatus.Source.SOURCE_EXECUTOR)
                        .setUuid(ByteString.copyFromUtf8(uuid))));
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
