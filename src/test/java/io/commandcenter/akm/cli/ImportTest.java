package io.commandcenter.akm.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.testkit.OriginalRouting;
import io.commandcenter.akm.testkit.RunningService;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that were kept elsewhere, taken over by a running service. */
class ImportTest {
  private static final String ANTHROPIC = "sk-ant-api03-imported-0123456789abcdefghAA";
  private static final String OPENAI = "sk-proj-imported-0123456789abcdefghij";

  @TempDir Path folder;
  private RunningService akm;

  @BeforeEach
  void start() {
    akm =
        new RunningService(
            folder.resolve("akm"), OriginalRouting.json(), new JsonObject(), Map.of());
  }

  @AfterEach
  void stop() {
    akm.close();
  }

  private Path file(String name, String content) throws IOException {
    var file = Files.writeString(folder.resolve(name), content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private CommandRun run(String... arguments) {
    var run = CommandRun.on(akm, arguments);
    assertFalse(run.said().contains(ANTHROPIC) || run.said().contains(OPENAI), "a key is shown");
    return run;
  }

  private List<String> labels() {
    return akm.get("/api/v1/keys").getJsonArray("keys").stream()
        .map(JsonObject.class::cast)
        .map(key -> key.getString("provider") + "/" + key.getString("label"))
        .sorted()
        .toList();
  }

  private static JsonObject row(JsonObject report, String source) {
    return report.getJsonArray("keys").stream()
        .map(JsonObject.class::cast)
        .filter(row -> row.getString("source").equals(source))
        .findFirst()
        .orElseThrow();
  }

  private Path envFile() throws IOException {
    return file(
        ".env",
        """
        # keys
        export ANTHROPIC_API_KEY="%s"
        OPENAI_API_KEY=%s # the other
        DATABASE_URL=postgres://localhost/db
        GOOGLE_API_KEY=${ELSEWHERE}
        """
            .formatted(ANTHROPIC, OPENAI));
  }

  @Test
  void takesTheProvidersKeysOfAnEnvFileAndSaysWhatItDidNot() throws IOException {
    var env = envFile();
    var run = run("import", "env-file", env.toString(), "--json");
    assertEquals(0, run.code(), run.said());
    assertEquals(List.of("anthropic/imported", "openai/imported"), labels());
    var taken = row(run.json(), "ANTHROPIC_API_KEY");
    assertEquals("taken", taken.getString("result"));
    assertEquals("sk-ant-api03-…ghAA", taken.getString("masked"));
    assertTrue(taken.getString("fingerprint").matches("[0-9a-f]{16}"));
    assertEquals(
        "no provider's api_key_env names this variable",
        row(run.json(), "DATABASE_URL").getString("reason"));
    assertEquals(
        "refers to another variable; write the value itself",
        row(run.json(), "GOOGLE_API_KEY").getString("reason"));
    assertEquals(2, run.json().getInteger("taken"));
    assertTrue(Files.exists(env));
    assertEquals("ok", routed());
  }

  /** What was taken works. */
  private String routed() {
    akm.simulated("anthropic").accept(ANTHROPIC);
    var answer = akm.route(new JsonObject().put("task", "code_generation").put("prompt", "hello"));
    return answer.getJsonArray("attempts").getJsonObject(0).getString("outcome");
  }

  @Test
  void tellsAPersonToRemoveTheOriginals() throws IOException {
    var run = run("import", "env-file", envFile().toString(), "--label", "main");
    assertTrue(run.said().contains("found              provider   label  result"), run.said());
    assertTrue(run.said().contains("2 taken. They are still in the file "), run.said());
    assertTrue(run.said().contains("remove them there now"), run.said());
    assertEquals(List.of("anthropic/main", "openai/main"), labels());
  }

  @Test
  void aRehearsalSendsNothing() throws IOException {
    var run = run("import", "env-file", envFile().toString(), "--dry-run");
    assertTrue(run.said().contains("would take"), run.said());
    assertTrue(run.said().contains("Nothing was sent"), run.said());
    assertEquals(List.of(), labels());
  }

  @Test
  void mayBeRestrictedToOneProvider() throws IOException {
    run("import", "env-file", envFile().toString(), "--provider", "openai");
    assertEquals(List.of("openai/imported"), labels());
  }

  @Test
  void aLabelThatIsThereStaysUnlessItIsToRotate() throws IOException {
    akm.addKey("openai", "imported", "sk-proj-there-before-0123456789abcdef");
    var env = envFile().toString();
    var refused = run("import", "env-file", env, "--json");
    assertEquals(0, refused.code());
    assertEquals(
        "the provider has a key of this label: give --rotate or another --label",
        row(refused.json(), "OPENAI_API_KEY").getString("reason"));
    var rotated = run("import", "env-file", env, "--rotate", "--provider", "openai", "--json");
    assertEquals("rotated", row(rotated.json(), "OPENAI_API_KEY").getString("result"));
    var again = run("import", "env-file", env, "--rotate", "--provider", "openai", "--json");
    assertEquals(1, again.code());
    var reason = row(again.json(), "OPENAI_API_KEY").getString("reason");
    assertTrue(reason.startsWith("a rotation of this key runs already"), reason);
  }

  @Test
  void asksTheProvidersIfToldTo() throws IOException {
    akm.simulated("anthropic").accept(ANTHROPIC);
    akm.simulated("openai").accept("another key than this one");
    var run = run("import", "env-file", envFile().toString(), "--validate", "--json");
    assertEquals("valid", row(run.json(), "ANTHROPIC_API_KEY").getString("check"));
    assertEquals("invalid", row(run.json(), "OPENAI_API_KEY").getString("check"));
  }

  @Test
  void warnsOfAFileThatOthersCanRead() throws IOException {
    var env = envFile();
    Files.setPosixFilePermissions(env, PosixFilePermissions.fromString("rw-r--r--"));
    var run = run("import", "env-file", env.toString(), "--dry-run");
    assertTrue(run.said().startsWith("warning: others can read "), run.said());
  }

  /** Seen failing without the limit. */
  @Test
  void aFileThatIsTooLargeIsRefused() throws IOException {
    var large = file("large", "A=1\n".repeat(300_000));
    var run = run("import", "env-file", large.toString());
    assertEquals(1, run.code());
    assertTrue(run.said().contains("is larger than 1 MiB"), run.said());
  }

  @Test
  void takesTheProvidersKeysOfTheEnvironment() {
    var run =
        CommandRun.on(
            akm,
            Map.of(
                "ANTHROPIC_API_KEY", ANTHROPIC,
                "SPARE", OPENAI,
                "HOME", "/root",
                "AKM_X", ANTHROPIC),
            "import",
            "environment",
            "--json");
    assertEquals(0, run.code(), run.said());
    assertEquals(List.of("anthropic/imported"), labels());
    assertEquals(2, run.json().getJsonArray("keys").size());
    assertEquals("not taken", row(run.json(), "SPARE").getString("result"));
    assertFalse(run.said().contains(OPENAI), run.said());
  }

  @Test
  void takesTheKeysOfAFernetFile() throws IOException {
    var secret = file("secret", "correct horse battery staple\n").toString();
    var whole = "src/test/resources/fernet/whole.token";
    var run =
        run("import", "fernet", whole, "--secret-file", secret, "--salt", "akm-salt", "--json");
    assertEquals(0, run.code(), run.said());
    assertEquals(List.of("anthropic/imported", "openai/imported"), labels());
    assertEquals("has no key in it", row(run.json(), "empty").getString("reason"));
    var salt = file("salt", "akm-salt\n").toString();
    var tokens = "src/test/resources/fernet/tokens.json";
    run =
        run(
            "import",
            "fernet",
            tokens,
            "--secret-file",
            secret,
            "--salt-file",
            salt,
            "--label",
            "second",
            "--json");
    assertEquals(2, run.json().getInteger("taken"), run.said());
  }

  @Test
  void aWrongSecretIsOneSentence() throws IOException {
    var secret = file("secret", "another secret").toString();
    var whole = "src/test/resources/fernet/whole.token";
    var run = run("import", "fernet", whole, "--secret-file", secret, "--salt", "akm-salt");
    assertEquals(1, run.code());
    assertEquals(
        "akm could not go on: the secret or the salt is not the one that "
            + whole
            + " was encrypted with\n",
        run.said());
    assertEquals(List.of(), labels());
  }

  @Test
  void withoutATerminalTheSecretMustBeInAFile() {
    var run = run("import", "fernet", "src/test/resources/fernet/whole.token");
    assertEquals(1, run.code());
    assertTrue(run.said().contains("give --secret-file"), run.said());
  }

  /** Seen failing without the question where the service is. */
  @Test
  void keysDoNotTravelUnencryptedOverANetwork() throws IOException {
    var run = run("import", "env-file", envFile().toString(), "--url", "http://192.0.2.1:7070");
    assertEquals(1, run.code());
    assertTrue(run.said().contains("keys would travel unencrypted"), run.said());
  }

  @Test
  void importNeedsToKnowWhereFrom() {
    assertEquals(2, run("import").code());
  }
}
