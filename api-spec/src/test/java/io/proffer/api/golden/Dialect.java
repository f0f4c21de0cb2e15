package io.proffer.api.golden;

import com.google.protobuf.Message;

/** The messages of one of the four APIs. */
enum Dialect {
  SCHEDULER(
      io.proffer.api.v1.scheduler.Call.getDefaultInstance(),
      io.proffer.api.v1.scheduler.Response.getDefaultInstance(),
      io.proffer.api.v1.scheduler.Event.getDefaultInstance()),
  EXECUTOR(
      io.proffer.api.v1.executor.Call.getDefaultInstance(),
      io.proffer.api.v1.executor.Event.getDefaultInstance(),
      io.proffer.api.v1.executor.Event.getDefaultInstance()),
  MASTER(
      io.proffer.api.v1.master.Call.getDefaultInstance(),
      io.proffer.api.v1.master.Response.getDefaultInstance(),
      io.proffer.api.v1.master.Event.getDefaultInstance()),
  AGENT(
      io.proffer.api.v1.agent.Call.getDefaultInstance(),
      io.proffer.api.v1.agent.Response.getDefaultInstance(),
      io.proffer.api.v1.agent.ProcessIO.getDefaultInstance());

  final Message call;
  final Message answer;
  final Message record;

  Dialect(Message call, Message answer, Message record) {
    this.call = call;
    this.answer = answer;
    this.record = record;
  }

  /** The API at a path, or null where it is none of the four. The host tells agents by port. */
  static Dialect of(String path, String host) {
    if (path.endsWith("/api/v1/scheduler")) {
      return SCHEDULER;
    }
    if (path.endsWith("/api/v1/executor")) {
      return EXECUTOR;
    }
    if (path.endsWith("/api/v1")) {
      return host.endsWith("51") || host.endsWith("91") ? AGENT : MASTER;
    }
    return null;
  }
}
