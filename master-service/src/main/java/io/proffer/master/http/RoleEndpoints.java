package io.proffer.master.http;

import io.proffer.api.acl.Rights;
import io.proffer.api.auth.Authorizer;
import io.proffer.api.http.Answer;
import io.proffer.api.http.Exchange;
import io.proffer.api.json.JsonCodec;
import io.proffer.api.json.JsonFormatException;
import io.proffer.api.v1.WeightInfo;
import io.proffer.api.v1.master.Call;
import io.proffer.api.v1.quota.QuotaRequest;
import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.fact.RoleSettings;
import io.proffer.master.http.piece.PlainJson;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** {@code /weights} and {@code /quota} (operator-api, sections 3.7 and 3.8). */
public final class RoleEndpoints {
  /** How much of a body an answer shows again. */
  private static final int SHOWN_CHARACTERS = 1000;

  private static final String PREFIX = "/master";

  private final Snapshots snapshots;
  private final Changes changes;
  private final Authorizer authorizer;

  /** What of the roles somebody may know, as a document. */
  private interface Document {
    void write(RoleSettings roles, OutputStream out) throws IOException;
  }

  public RoleEndpoints(Snapshots snapshots, Changes changes, Authorizer authorizer) {
    this.snapshots = snapshots;
    this.changes = changes;
    this.authorizer = authorizer;
  }

  /** GET and PUT of {@code /weights}. */
  public void weights(Exchange exchange) {
    var rights = rights(exchange);
    if (exchange.method().equals("PUT")) {
      putWeights(exchange, rights);
    } else {
      read(exchange, (roles, out) -> writeWeights(RoleMessages.weightInfos(roles, rights), out));
    }
  }

  /** GET and POST of {@code /quota}, DELETE of {@code /quota/ROLE}. */
  public void quota(Exchange exchange) {
    var rights = rights(exchange);
    switch (exchange.method()) {
      case "POST" -> postQuota(exchange, rights);
      case "DELETE" -> deleteQuota(exchange, rights);
      default ->
          read(
              exchange,
              (roles, out) -> out.write(JsonCodec.encode(RoleMessages.quotaStatus(roles, rights))));
    }
  }

  private Rights rights(Exchange exchange) {
    return authorizer.rights(exchange.principal());
  }

  private void read(Exchange exchange, Document document) {
    snapshots.read(
        exchange, snapshot -> exchange.answerJson(out -> document.write(snapshot.roles(), out)));
  }

  private static void writeWeights(List<WeightInfo> infos, OutputStream out) throws IOException {
    PlainJson.write(
        out,
        json -> {
          json.writeStartArray();
          for (var info : infos) {
            json.writeStartObject();
            json.writeStringField("role", info.getRole());
            PlainJson.number(json, "weight", info.getWeight());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private void putWeights(Exchange exchange, Rights rights) {
    List<WeightInfo> infos;
    try {
      infos = JsonCodec.decodeList(exchange.body(), WeightInfo.getDefaultInstance());
    } catch (JsonFormatException e) {
      refuse(
          exchange,
          switch (e.kind()) {
            case PARSE -> "Failed to parse update weights request JSON '";
            case CONVERT -> "Failed to convert weights JSON array to protobuf '";
          },
          e);
      return;
    }
    var call = Call.newBuilder().setType(Call.Type.UPDATE_WEIGHTS);
    call.getUpdateWeightsBuilder().addAllWeightInfos(infos);
    ask(exchange, call.build(), rights);
  }

  @SuppressWarnings("deprecation") // the wire still has the old calls
  private void postQuota(Exchange exchange, Rights rights) {
    QuotaRequest request;
    try {
      request = JsonCodec.decode(exchange.body(), QuotaRequest.getDefaultInstance());
    } catch (JsonFormatException e) {
      refuse(
          exchange,
          switch (e.kind()) {
            case PARSE -> "Failed to parse set quota request JSON '";
            case CONVERT -> "Failed to validate set quota request JSON '";
          },
          e);
      return;
    }
    var call = Call.newBuilder().setType(Call.Type.SET_QUOTA);
    call.getSetQuotaBuilder().setQuotaRequest(request);
    ask(exchange, call.build(), rights);
  }

  @SuppressWarnings("deprecation") // the wire still has the old calls
  private void deleteQuota(Exchange exchange, Rights rights) {
    // The path as the reference sees it, which knows only the one with the prefix.
    var asked = exchange.match().path();
    var path = asked.startsWith(PREFIX + "/") ? asked : PREFIX + asked;
    var tokens = path.substring(1).split("/", -1);
    var role = tokens.length == 3 ? decoded(tokens[2]) : Optional.<String>empty();
    if (role.isEmpty()) {
      exchange.answer(
          Answer.text(
              400,
              "Failed to parse remove quota request for path '"
                  + path
                  + (tokens.length == 3
                      ? "': expected a role whose special characters are percent-encoded"
                      : "': expected 3 tokens, found " + tokens.length + " tokens")));
      return;
    }
    var call = Call.newBuilder().setType(Call.Type.REMOVE_QUOTA);
    call.getRemoveQuotaBuilder().setRole(role.get());
    exchange.decoded(call.build());
    changes.ask(
        exchange,
        replyTo -> new OperatorCommand.RemoveQuota(role.get(), Optional.of(path), rights, replyTo));
  }

  /** Empty when it is not encoded as URLs are. */
  private static Optional<String> decoded(String token) {
    try {
      // A plus stands for itself in a path.
      return Optional.of(URLDecoder.decode(token.replace("+", "%2B"), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private void ask(Exchange exchange, Call call, Rights rights) {
    exchange.decoded(call);
    changes.ask(exchange, replyTo -> RoleCommands.of(call, rights, replyTo));
  }

  private static void refuse(Exchange exchange, String beginning, JsonFormatException reason) {
    var body = new String(exchange.body(), StandardCharsets.UTF_8);
    var shown =
        body.length() <= SHOWN_CHARACTERS ? body : body.substring(0, SHOWN_CHARACTERS) + "...";
    exchange.answer(Answer.text(400, beginning + shown + "': " + reason.getMessage()));
  }
}
