package io.commandcenter.akm.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every call of the gateway to every provider that can do it, byte for byte. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryCallE2eTest {
  private ClientRig rig;

  @BeforeAll
  void start(@TempDir Path directory) {
    rig = new ClientRig(directory);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  static Stream<Arguments> calls() {
    var all = new ArrayList<Arguments>();
    for (var call : GatewayCall.values()) {
      for (var provider : ClientRig.providers()) {
        boolean embeds = call.name().contains("EMBED");
        if (!embeds || !provider.equals("anthropic")) {
          var model = embeds ? ClientRig.embedder(provider) : ClientRig.model(provider);
          all.add(Arguments.of(call, provider, model));
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("calls")
  void isAnswered(GatewayCall call, String provider, String model) throws Exception {
    for (var stream : List.of(false, true)) {
      try (var caller = RawCaller.ask(rig.akm().url(), call, model, stream, "Hello")) {
        var answer = caller.all();
        assertEquals(200, RawCaller.status(answer), answer);
        // A streamed text may be cut anywhere, so only its own words are looked for.
        boolean says = GatewayCall.chats().contains(call) && !stream;
        assertTrue(!says || answer.contains(ClientRig.echo(provider, "Hello")), answer);
      }
    }
  }
}
