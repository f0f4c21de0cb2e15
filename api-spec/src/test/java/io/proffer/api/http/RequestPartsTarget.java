package io.proffer.api.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.proffer.api.endpoint.AgentEndpoints;
import io.proffer.api.endpoint.Endpoint;
import io.proffer.api.endpoint.MasterEndpoints;
import io.proffer.api.endpoint.RouteTable;
import io.proffer.api.fuzz.FuzzTarget;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What is read of a request's head: its path, its query, and the headers that mean something. */
public final class RequestPartsTarget implements FuzzTarget {
  private static final List<RouteTable> TABLES =
      List.of(MasterEndpoints.table(), AgentEndpoints.table());

  @Override
  public void take(byte[] input) {
    var text = new String(input, StandardCharsets.ISO_8859_1);
    for (var table : TABLES) {
      table.find(text).ifPresent(match -> hold(table, match));
    }
    try {
      FuzzTarget.check(
          new QueryStringDecoder(text, false).parameters() != null, "a query without parameters");
    } catch (IllegalArgumentException documented) {
      FuzzTarget.check(documented.getMessage() != null, "a refusal without a sentence");
    }
    for (var size : new long[] {0, 1, 1000, Long.MAX_VALUE}) {
      hold(FilePart.of(Optional.of(text), size), size);
    }
    FuzzTarget.check(MediaType.ofContent(text) != null, "no verdict");
    FuzzTarget.check(MediaType.accepted(Optional.of(text)) != null, "no verdict");
    FuzzTarget.check(
        !Answers.acceptsGzip(text) || text.toLowerCase(java.util.Locale.ROOT).contains("gzip"),
        "gzip for who does not name it");
    FuzzTarget.check(!Peers.network(text).isEmpty() || text.isEmpty(), "an address without name");
  }

  private static void hold(RouteTable table, RouteTable.Match match) {
    var own = match.path().substring(0, match.path().length() - match.rest().length());
    var path = match.endpoint().path();
    FuzzTarget.check(
        own.equals(path)
            || (match.endpoint().reach() == Endpoint.Reach.BOTH
                && own.equals(table.prefix() + path)),
        own + " led to " + path);
    FuzzTarget.check(
        match.rest().isEmpty() || match.rest().startsWith("/"), "rest " + match.rest());
    FuzzTarget.check(!match.path().contains("//"), "doubled slashes in " + match.path());
  }

  private static void hold(FilePart part, long size) {
    if (part instanceof FilePart.Piece(var offset, var length, var whole)) {
      FuzzTarget.check(
          offset >= 0 && length > 0 && offset <= size - length && whole == size,
          "beyond the file: " + part);
    }
  }

  @Override
  public List<byte[]> seeds() {
    return FuzzTarget.texts(
        "/master/state",
        "/slave(1)/api/v1",
        "//api///v1/scheduler/",
        "/files/download/x/../y",
        "a=b&c=%41&jsonp=f.g[1]",
        "%",
        "x=%zz",
        "bytes=0-0",
        "bytes=-5",
        "bytes=999999999999999999-",
        "bytes = 1-2,3-4",
        "application/json;q=0.5, application/x-protobuf",
        "text/*;q=0, */*",
        "gzip;q=0, deflate",
        "2001:db8:1:2:3:4:5:6",
        ":::::::");
  }
}
