package io.commandcenter.akm.gateway.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.core.chat.ChatEvent.CallArguments;
import io.commandcenter.akm.core.chat.ChatEvent.CallBegan;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WholeCallsTest {
  private final WholeCalls calls = new WholeCalls();

  private void begin(int index) {
    calls.began(new CallBegan(index, "id-" + index, "tool-" + index, null));
  }

  @Test
  void findsTheEndOfAnObjectInFragmentsOfOneCharacter() {
    var json = "{\"a\":\"}\\\"\\\\{\",\"b\":{\"c\":[{}]}}";
    begin(0);
    var done = new ArrayList<WholeCalls.Call>();
    for (int i = 0; i < json.length(); i++) {
      calls.add(new CallArguments(0, json.substring(i, i + 1))).ifPresent(done::add);
      assertEquals(i == json.length() - 1 ? 1 : 0, done.size(), "at " + i);
    }
    assertEquals(new JsonObject(json), done.get(0).arguments());
  }

  @Test
  void tellsCallsApartThatInterleave() {
    begin(0);
    begin(1);
    assertTrue(calls.add(new CallArguments(0, "{\"a\":")).isEmpty());
    assertEquals("id-1", calls.add(new CallArguments(1, "{}")).orElseThrow().id());
    assertEquals("id-0", calls.add(new CallArguments(0, "1}")).orElseThrow().id());
    assertTrue(calls.rest().isEmpty());
  }

  @Test
  void givesACallWithoutArgumentsAtTheEnd() {
    begin(0);
    assertEquals(new JsonObject(), calls.rest().get(0).arguments());
    assertFalse(calls.malformed());
  }

  @Test
  void leavesOutACallThatWasCut() {
    begin(0);
    calls.add(new CallArguments(0, "{\"a\":"));
    assertEquals(List.of(), calls.rest());
    assertTrue(calls.malformed());
  }

  @Test
  void leavesOutACallWhoseArgumentsAreNoJson() {
    begin(0);
    assertTrue(calls.add(new CallArguments(0, "{a}")).isEmpty());
    assertTrue(calls.malformed());
  }
}
