package io.commandcenter.akm.config;

import io.commandcenter.akm.core.money.Price;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * conf/akm.json as records.
 *
 * @param port 0 takes a free one
 * @param publicUrl how people reach this server, without a trailing slash; null for
 *     http://host:port
 * @param allowedPrivateHosts {@code host:port} of providers that may be loopback or private
 * @param masterKeyFile null for the user's configuration directory
 * @param masterKeyShared whether the file may be readable by others, as in a mounted secret volume
 * @param oauth null if only this server's own tokens are taken
 */
public record ServerConfig(
    String host,
    int port,
    URI publicUrl,
    boolean allowInsecureBind,
    List<String> allowedHosts,
    List<String> allowedOrigins,
    Set<String> allowedPrivateHosts,
    Path dataDir,
    Path masterKeyFile,
    boolean masterKeyShared,
    Http http,
    Mcp mcp,
    Vault vault,
    Audit audit,
    Router router,
    Health health,
    BudgetSettings budget,
    UnknownPrice unknownPrice,
    OAuthConfig oauth) {

  public ServerConfig {
    allowedHosts = List.copyOf(allowedHosts);
    allowedOrigins = List.copyOf(allowedOrigins);
    allowedPrivateHosts = Set.copyOf(allowedPrivateHosts);
  }

  /** Where the checkpoints of the audit log go. */
  public Path auditCheckpoints() {
    return audit.checkpointFile() == null
        ? dataDir.resolve("audit-checkpoints.jsonl")
        : audit.checkpointFile();
  }

  /**
   * @param instances of the listener, each on an event loop of its own
   */
  public record Http(
      Duration headerTimeout,
      Duration bodyTimeout,
      Duration idleTimeout,
      int maxAdminBodyBytes,
      int maxGatewayBodyBytes,
      int maxJsonDepth,
      int maxConnections,
      int authFailuresPerMinute,
      Duration drain,
      int instances) {}

  public record Mcp(
      int maxSessions,
      int maxSessionsPerPrincipal,
      int maxRequestsInFlight,
      Duration sessionIdle,
      Duration streamKeep,
      Duration heartbeat,
      Duration upgradeToSse) {}

  /**
   * @param canaryPercent of a key's requests that try its next version; 0 or 100 shifts at once
   * @param canaryRequests that must succeed before the rest follows
   * @param canaryTime after which a version that nothing spoke against is taken anyway
   */
  public record Vault(
      Duration rotationGrace,
      Duration entryTtl,
      Duration leaseTtl,
      int canaryPercent,
      int canaryRequests,
      Duration canaryTime) {}

  /**
   * @param node names this process's chain
   * @param checkpointFile null for {@code audit-checkpoints.jsonl} of the data directory
   */
  public record Audit(String node, Path checkpointFile) {}

  /**
   * @param deadline of a request that is not streamed
   * @param streamDeadline of a streamed one, its last byte included
   * @param silence that may lie between two pieces of an answer
   * @param stalledReader how long a caller may take no byte of its stream
   * @param maxInFlight requests at one provider at a time; what is beyond is refused at once
   */
  public record Router(
      Duration deadline,
      int maxAttempts,
      Duration connectTimeout,
      Duration firstByteTimeout,
      int maxAnswerBytes,
      int defaultMaxOutputTokens,
      Duration streamDeadline,
      Duration silence,
      Duration stalledReader,
      int maxInFlight) {

    /** With the usual limits for streams. */
    public Router(
        Duration deadline,
        int maxAttempts,
        Duration connectTimeout,
        Duration firstByteTimeout,
        int maxAnswerBytes,
        int defaultMaxOutputTokens) {
      this(
          deadline,
          maxAttempts,
          connectTimeout,
          firstByteTimeout,
          maxAnswerBytes,
          defaultMaxOutputTokens,
          Duration.ofMinutes(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          4096);
    }
  }

  public record Health(int failuresToDown, Duration probeInterval, Duration probeTimeout) {}

  /**
   * @param monthlyNanos the limit in nano-dollars; null for no budget
   * @param hard true refuses before sending; false only warns
   * @param webhookSecretEnv the environment variable with the signing secret; null sends no alert
   */
  public record BudgetSettings(
      Long monthlyNanos, boolean hard, URI webhookUrl, String webhookSecretEnv) {}

  /**
   * @param cap the price assumed for a model without one; null refuses such a model
   */
  public record UnknownPrice(Price cap) {}
}
