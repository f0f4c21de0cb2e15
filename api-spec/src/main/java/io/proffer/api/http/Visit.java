package io.proffer.api.http;

import io.proffer.api.endpoint.RouteTable;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/**
 * A request that came through the door.
 *
 * @param context of its event loop
 * @param principal who makes it; empty where nobody asked
 */
record Visit(
    HttpServerRequest request,
    Context context,
    RouteTable.Match match,
    Optional<String> principal) {}
