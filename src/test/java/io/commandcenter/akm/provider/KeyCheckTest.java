package io.commandcenter.akm.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.commandcenter.akm.core.routing.ErrorClass;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recorded error, as the answer to the free call that checks a key. */
class KeyCheckTest {
  private static final String ECHO = "s3cretP4rt";

  /** What each class of error says of a key. */
  private static final Map<String, String> OUTCOMES =
      Map.ofEntries(
          Map.entry("key-invalid", "invalid"),
          Map.entry("no-credit", "no-credit"),
          Map.entry("spend-limit", "no-credit"),
          Map.entry("permission", "no-permission"),
          Map.entry("rate-limit", "rate-limited"),
          Map.entry("daily-quota", "rate-limited"),
          Map.entry("overloaded", "network"),
          Map.entry("transient", "network"),
          Map.entry("model-gone", "unchecked"),
          Map.entry("context-overflow", "unchecked"),
          Map.entry("content", "unchecked"),
          Map.entry("bad-request", "unchecked"));

  static List<Fixture> errors() {
    return Fixture.all().stream().filter(fixture -> fixture.status() >= 300).toList();
  }

  @ParameterizedTest
  @MethodSource("errors")
  void tellsTheOutcomesApart(Fixture fixture) {
    var expected =
        fixture.id().contains("expired")
            ? "expired"
            : OUTCOMES.get(fixture.expect().getString("error"));
    var verdict = fixture.verdict(fixture.body());

    assertEquals(expected, verdict.outcome(), fixture.id());
    assertEquals(fixture.status(), verdict.status());
  }

  /**
   * A provider repeats a part of the key, wherever it likes. Seen failing with the provider's
   * message in the sentence.
   */
  @ParameterizedTest
  @MethodSource("errors")
  void neverLetsAnEchoedPartOfTheKeyThrough(Fixture fixture) {
    var echoed = Buffer.buffer(echo(parse(fixture.body())).toString());
    var verdict = fixture.verdict(echoed);

    assertFalse(verdict.detail().contains(ECHO), verdict.detail());
    assertFalse(verdict.toString().contains(ECHO), verdict.toString());
    assertFalse(fixture.decode(echoed).toString().contains(ECHO));
  }

  private static Object parse(Buffer body) {
    try {
      return Json.decodeValue(body);
    } catch (io.vertx.core.json.DecodeException notJson) {
      return body.toString();
    }
  }

  /** The same answer, with a part of a key behind each of its texts. */
  private static Object echo(Object json) {
    if (json instanceof JsonObject object) {
      var copy = new JsonObject();
      object.forEach(member -> copy.put(member.getKey(), echo(member.getValue())));
      return copy;
    }
    if (json instanceof JsonArray array) {
      var copy = new JsonArray();
      array.forEach(element -> copy.add(echo(element)));
      return copy;
    }
    return json instanceof String text ? text + " " + ECHO : json;
  }

  @Test
  void knowsAnOutcomeForEachClassOfError() {
    var classes =
        Stream.of(ErrorClass.values())
            .map(ErrorClass::slug)
            .filter(slug -> !List.of("bad-answer", "timeout").contains(slug))
            .toList();
    assertEquals(classes.stream().sorted().toList(), OUTCOMES.keySet().stream().sorted().toList());
  }
}
