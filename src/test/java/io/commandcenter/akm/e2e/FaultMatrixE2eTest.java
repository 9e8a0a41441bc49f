package io.commandcenter.akm.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.simulator.Fault;
import io.commandcenter.akm.testkit.RawUpstream;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a provider can send that is no answer: 502 or 504 before the first content, an error in the
 * caller's own format after it, and nothing of the provider's own words or addresses. Seen failing
 * with what was held before a stream's error passed on to the caller.
 */
class FaultMatrixE2eTest {
  private static final int ROUNDS = Boolean.getBoolean("akm.soak") ? 100 : 10;

  private static final List<Fault> BEFORE =
      List.of(
          Fault.garbage(),
          Fault.empty(),
          Fault.status(500),
          Fault.status(529),
          Fault.errorAfter(0),
          Fault.cutAfter(0),
          Fault.hang());
  private static final List<Fault> AFTER =
      List.of(
          Fault.errorAfter(3),
          Fault.cutAfter(3),
          Fault.endAfter(3),
          Fault.stallAfter(3),
          Fault.oversizedAfter(3));

  @TempDir Path directory;
  private RawUpstream noTls;
  private ClientRig rig;

  @BeforeEach
  void start() throws Exception {
    noTls = new RawUpstream("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");
    var untrusted =
        new JsonObject()
            .put("enabled", true)
            .put("protocol", "ollama")
            .put("endpoint", "https://" + noTls.hostPort())
            .put("models", new JsonArray().add("qwen2.5-coder"));
    rig =
        new ClientRig(
            directory,
            new JsonObject()
                .put("allowed_private_hosts", new JsonArray().add(noTls.hostPort()))
                .put(
                    "router",
                    new JsonObject()
                        .put("first_byte_timeout_ms", 300)
                        .put("silence_timeout_ms", 300)),
            new JsonObject().put("untrusted", untrusted));
  }

  @AfterEach
  void stop() throws Exception {
    rig.close();
    noTls.close();
  }

  private static GatewayCall call(int round) {
    return GatewayCall.chats().get(round % GatewayCall.chats().size());
  }

  private String answer(String provider, int round, boolean stream) throws Exception {
    var model =
        provider.equals("untrusted") ? "untrusted/qwen2.5-coder" : ClientRig.model(provider);
    try (var caller =
        RawCaller.ask(
            rig.akm().url(),
            call(round),
            model,
            stream,
            "Hello there, this is a text for several pieces",
            "x-akm-deadline-ms: 2000")) {
      return caller.all();
    }
  }

  @Test
  void beforeTheFirstContentItIsABadGateway() throws Exception {
    ClientRig.forEachProvider(
        ROUNDS * BEFORE.size(),
        (provider, round) -> {
          var fault = BEFORE.get(round % BEFORE.size());
          rig.behind(provider).fail(fault);
          var answer = answer(provider, round, round % 3 != 0);
          rig.behind(provider).heal();
          var what = provider + " " + call(round) + " " + fault + " " + answer;
          assertTrue(List.of(502, 504).contains(RawCaller.status(answer)), what);
          assertFalse(answer.contains("I am no API"), what);
          assertFalse(answer.contains(rig.behind(provider).hostPort()), what);
        });
  }

  @Test
  void afterTheFirstContentItIsAnErrorInTheStream() throws Exception {
    ClientRig.forEachProvider(
        ROUNDS * AFTER.size(),
        (provider, round) -> {
          var fault = AFTER.get(round % AFTER.size());
          rig.behind(provider).failNext(1, fault);
          var answer = answer(provider, round, true);
          var what = provider + " " + call(round) + " " + fault + " " + answer;
          assertEquals(200, RawCaller.status(answer), what);
          assertTrue(answer.contains("error"), what.substring(0, Math.min(what.length(), 2000)));
          assertTrue(answer.length() < 100_000, "nothing oversized is passed on");
        });
  }

  @Test
  void aProviderWithoutTrustedTlsIsABadGateway() throws Exception {
    ClientRig.forEachProvider(
        ROUNDS,
        (unused, round) -> {
          var answer = answer("untrusted", round, round % 2 == 0);
          assertTrue(List.of(502, 504).contains(RawCaller.status(answer)), answer);
          assertFalse(answer.contains(noTls.hostPort()), answer);
        });
  }
}
