package io.proffer.master.http;

import io.proffer.api.http.Answer;
import io.proffer.api.http.Exchange;
import io.proffer.master.core.fact.Snapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;

/** The plain endpoints (operator-api, section 3): any method, JSON, read from snapshots. */
public final class PlainEndpoints {
  private final Snapshots snapshots;
  private final Description description;

  /**
   * What a master says of itself besides its tables.
   *
   * @param cluster the name given to the cluster
   * @param flags names and values of its flags
   */
  public record Description(Optional<String> cluster, Map<String, String> flags) {}

  public PlainEndpoints(Snapshots snapshots, Description description) {
    this.snapshots = snapshots;
    this.description = description;
  }

  /** Always well, as long as it answers. */
  public void health(Exchange exchange) {
    exchange.answer(Answer.empty(200));
  }

  public void version(Exchange exchange) {
    exchange.answerJson(PlainDocuments::version);
  }

  public void state(Exchange exchange) {
    read(exchange, (snapshot, out) -> PlainDocuments.state(snapshot, description, out));
  }

  public void agents(Exchange exchange) {
    var wanted = exchange.query("slave_id");
    read(exchange, (snapshot, out) -> PlainDocuments.agents(snapshot, wanted, out));
  }

  public void frameworks(Exchange exchange) {
    var wanted = exchange.query("framework_id");
    read(exchange, (snapshot, out) -> PlainDocuments.frameworks(snapshot, wanted, out));
  }

  public void tasks(Exchange exchange) {
    var page = TaskPage.of(exchange);
    read(exchange, (snapshot, out) -> PlainDocuments.tasks(snapshot, page, out));
  }

  private interface Writer {
    void write(Snapshot snapshot, OutputStream out) throws IOException;
  }

  private void read(Exchange exchange, Writer writer) {
    snapshots.read(exchange, snapshot -> exchange.answerJson(out -> writer.write(snapshot, out)));
  }
}
