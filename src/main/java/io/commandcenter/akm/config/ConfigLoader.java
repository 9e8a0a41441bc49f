package io.commandcenter.akm.config;

import io.commandcenter.akm.core.money.Catalogue;
import io.commandcenter.akm.core.money.ModelCatalogue;
import io.commandcenter.akm.core.money.Price;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds akm.json, routing.json and prices.json and reads them, or fails with every fault of all of
 * them.
 *
 * <p>The directory is {@code AKM_CONFIG}, else {@code ./conf}; a file that is not there is the
 * built-in one. A partial akm.json is laid over the built-in one.
 */
public final class ConfigLoader {
  private static final long MAX_FILE_BYTES = 4_194_304;

  private final Map<String, String> environment;
  private final LocalDate today;
  private final Faults faults = new Faults();

  private ConfigLoader(Map<String, String> environment, LocalDate today) {
    this.environment = environment;
    this.today = today;
  }

  /**
   * @param today models that ended before it are warned of
   * @throws ConfigFault naming everything that is wrong
   */
  public static Configuration load(Map<String, String> environment, LocalDate today) {
    var loader = new ConfigLoader(environment, today);
    var directory = loader.directory();
    return loader.read(
        loader.json(directory, "akm.json"),
        loader.json(directory, "routing.json"),
        loader.text(directory, "prices.json"),
        directory == null ? "built-in" : directory.toString());
  }

  /** The same from JSON in memory, with the built-in prices. */
  public static Configuration of(
      JsonObject akm, JsonObject routing, Map<String, String> environment, LocalDate today) {
    return new ConfigLoader(environment, today)
        .read(akm, routing, builtIn("prices.json"), "memory");
  }

  private Configuration read(JsonObject akm, JsonObject routing, String prices, String source) {
    var defaults = new JsonObject(builtIn("akm.json"));
    var server = ServerConfigReader.read(defaults.mergeIn(akm, true), environment, faults);
    var models = models(prices);
    var config =
        RoutingConfigReader.read(
            routing,
            new ProviderReader(server.allowedPrivateHosts(), models::factsOf, today),
            faults);
    faults.throwIfAny();
    return new Configuration(server, config, models, priceBook(models, config, server), source);
  }

  private static Catalogue priceBook(
      ModelCatalogue models, RoutingConfig routing, ServerConfig server) {
    Map<String, String> vendors = new HashMap<>();
    Map<String, Price> configured = new HashMap<>();
    for (var provider : routing.providers().values()) {
      vendors.put(provider.name(), provider.vendor());
      if (provider.price() != null) {
        configured.put(provider.name(), provider.price());
      }
    }
    return new Catalogue(models, vendors, configured, server.unknownPrice().cap());
  }

  private ModelCatalogue models(String prices) {
    try {
      return new ModelCatalogue(PriceFile.parse(prices));
    } catch (IllegalArgumentException e) {
      faults.add("", e.getMessage());
      return new ModelCatalogue(List.of());
    }
  }

  private Path directory() {
    var named = environment.get("AKM_CONFIG");
    if (named == null || named.isBlank()) {
      var usual = Path.of("conf");
      return Files.isDirectory(usual) ? usual : null;
    }
    var directory = Path.of(named);
    if (!Files.isDirectory(directory)) {
      faults.add("AKM_CONFIG", "names `" + named + "`, which is no directory");
      return null;
    }
    return directory;
  }

  private JsonObject json(Path directory, String file) {
    try {
      return new JsonObject(text(directory, file));
    } catch (DecodeException e) {
      faults.add(file, "is not valid JSON" + position(e));
      return new JsonObject(builtIn(file));
    }
  }

  /** Where the JSON breaks, without the text around it. */
  private static String position(DecodeException e) {
    var place =
        java.util.regex.Pattern.compile("line: (\\d+), column: (\\d+)").matcher(e.getMessage());
    return place.find() ? " at line " + place.group(1) + ", column " + place.group(2) : "";
  }

  private String text(Path directory, String file) {
    if (directory == null || !Files.exists(directory.resolve(file))) {
      return builtIn(file);
    }
    try {
      if (Files.size(directory.resolve(file)) > MAX_FILE_BYTES) {
        faults.add(file, "is larger than 4 MiB");
        return builtIn(file);
      }
      return Files.readString(directory.resolve(file));
    } catch (IOException e) {
      faults.add(file, "cannot be read: check its permissions and that it is UTF-8");
      return builtIn(file);
    }
  }

  private static String builtIn(String file) {
    try (InputStream in = ConfigLoader.class.getClassLoader().getResourceAsStream("conf/" + file)) {
      if (in == null) {
        throw new IllegalStateException("the jar has no conf/" + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
