package io.commandcenter.akm.provider;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/** A recorded answer of a provider and what reading it must give. */
record Fixture(
    String id, Protocol protocol, int status, MultiMap headers, Buffer body, JsonObject expect) {
  /** When the recorded dates were written. */
  static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  static List<Fixture> all() {
    return new JsonArray(read("index.json"))
        .stream().map(JsonObject.class::cast).map(Fixture::of).toList();
  }

  static Fixture named(String id) {
    return all().stream().filter(fixture -> fixture.id().equals(id)).findFirst().orElseThrow();
  }

  private static Fixture of(JsonObject entry) {
    var headers = MultiMap.caseInsensitiveMultiMap();
    entry
        .getJsonObject("headers")
        .forEach(header -> headers.set(header.getKey(), (String) header.getValue()));
    return new Fixture(
        entry.getString("id"),
        Protocols.named(entry.getString("protocol")).orElseThrow(),
        entry.getInteger("status"),
        headers,
        read(entry.getString("body")),
        entry.getJsonObject("expect"));
  }

  private static Buffer read(String file) {
    try (var in = Fixture.class.getResourceAsStream("/fixtures/" + file)) {
      return Buffer.buffer(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ProviderRequest request() {
    return expect.getString("call").equals("embed")
        ? new ProviderRequest.Embed(
            "m", java.util.Collections.nCopies(expect.getInteger("inputs"), "some text"))
        : chat();
  }

  ProviderRequest.Chat chat() {
    return Requests.chat(expect.getString("for", "m"), "hello");
  }

  boolean isStream() {
    return expect.containsKey("stream_finish") || expect.containsKey("stream_error");
  }

  StreamReader reader() {
    return protocol.reader(chat(), NOW);
  }

  ProviderReply decode() {
    return decode(body);
  }

  ProviderReply decode(Buffer other) {
    return protocol.decode(request(), status, headers, other, NOW);
  }

  Upstream.KeyVerdict verdict(Buffer other) {
    return protocol.decodeKeyCheck(status, headers, other, NOW);
  }
}
