package io.proffer.master.core;

import com.google.protobuf.Message;
import io.proffer.api.acl.Rights;
import io.proffer.api.json.JsonCodec;
import io.proffer.api.json.JsonFormatException;
import io.proffer.api.v1.master.Call;
import io.proffer.api.v1.quota.QuotaRequest;
import io.proffer.master.core.command.OperatorCommand;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** An operator's side of the story; JSON has single quotes for double ones. */
record Operator(Given given, Rights rights) {
  Operator(Given given) {
    this(given, Rights.unlimited(Optional.empty()));
  }

  Then updatesWeights(String infos) {
    var call = read("{'weight_infos':" + infos + "}", Call.UpdateWeights.getDefaultInstance());
    return given.when(
        new OperatorCommand.UpdateWeights(call.getWeightInfosList(), rights, given.replyTo()));
  }

  Then updatesQuota(String configs) {
    return updatesQuota(configs, false);
  }

  Then forcesQuota(String configs) {
    return updatesQuota(configs, true);
  }

  private Then updatesQuota(String configs, boolean force) {
    var call = read("{'quota_configs':" + configs + "}", Call.UpdateQuota.getDefaultInstance());
    return given.when(
        new OperatorCommand.UpdateQuota(
            call.getQuotaConfigsList(), force, rights, given.replyTo()));
  }

  Then setsQuota(String request) {
    return given.when(
        new OperatorCommand.SetQuota(
            read(request, QuotaRequest.getDefaultInstance()), rights, given.replyTo()));
  }

  Then removesQuota(String role, Optional<String> path) {
    return given.when(new OperatorCommand.RemoveQuota(role, path, rights, given.replyTo()));
  }

  static <M extends Message> M read(String json, M prototype) {
    try {
      return JsonCodec.decode(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), prototype);
    } catch (JsonFormatException e) {
      throw new IllegalArgumentException(json, e);
    }
  }
}
