package io.commandcenter.akm.cli;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code akm audit export}. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Writes the audit log out, oldest first; that it was done is itself audited.")
final class AuditExportCommand extends RemoteCommand {
  private static final int PAGE = 500;

  @Mixin private TimeSpan span;

  @Option(
      names = "--format",
      required = true,
      paramLabel = "jsonl|csv",
      description = "How rows are written.")
  private AuditFormat format;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "A new file, readable by you only; by default the terminal.")
  private Path out;

  AuditExportCommand(Map<String, String> environment, Screen screen) {
    super(environment, screen);
  }

  @Override
  protected int run(AdminClient api) {
    try {
      if (out == null) {
        pages(api, screen::raw);
      } else {
        var rows = intoFile(api);
        if (!forMachines(new JsonObject().put("rows", rows).put("file", out.toString()))) {
          screen.line(screen.good(rows + " rows") + " are in " + out);
        }
      }
      return 0;
    } catch (FileAlreadyExistsException e) {
      throw new IllegalStateException(out + " is there already; name a new file");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + out + ": " + e.getMessage(), e);
    }
  }

  private long intoFile(AdminClient api) throws IOException {
    var exclusively = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    boolean whole = false;
    var channel = Files.newByteChannel(out, exclusively, ownerOnly());
    try (var writer = Channels.newWriter(channel, StandardCharsets.UTF_8)) {
      var rows = pages(api, writer::write);
      whole = true;
      return rows;
    } finally {
      if (!whole) {
        // Half an export must not pass for a whole one.
        Files.deleteIfExists(out);
      }
    }
  }

  private FileAttribute<?>[] ownerOnly() {
    var posix = out.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /** Where rows go. */
  private interface Sink {
    void write(String text) throws IOException;
  }

  private long pages(AdminClient api, Sink sink) throws IOException {
    var ask = new JsonObject().put("format", format.name().toLowerCase(java.util.Locale.ROOT));
    if (span.since() != null) {
      ask.put("since", span.since().toString());
    }
    if (span.until() != null) {
      ask.put("until", span.until().toString());
    }
    long last = api.post("/audit/export", ask).getLong("last");
    sink.write(format.head());
    long count = 0;
    Long after = 0L;
    while (after != null && after < last) {
      var page = api.get("/audit" + query(after));
      var rows = page.getJsonArray("rows");
      for (int i = 0; i < rows.size(); i++) {
        var row = rows.getJsonObject(i);
        if (row.getLong("seq") <= last) {
          sink.write(format.row(row));
          count++;
        }
      }
      after = page.getLong("next");
    }
    return count;
  }

  private Query query(long after) {
    return new Query()
        .with("after", after)
        .with("limit", PAGE)
        .with("since", span.since())
        .with("until", span.until());
  }
}
