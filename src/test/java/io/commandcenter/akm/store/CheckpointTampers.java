package io.commandcenter.akm.store;

import io.commandcenter.akm.core.audit.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What somebody with the checkpoint file, or with the database's record of it, can do. */
final class CheckpointTampers {
  private final Path file;
  private final Connection log;
  private final Random random;

  CheckpointTampers(Path file, Connection log, Random random) {
    this.file = file;
    this.log = log;
    this.random = random;
  }

  /** Tells what was done. */
  String any() throws IOException, SQLException {
    return switch (random.nextInt(10)) {
      case 0, 1 -> editALine();
      case 2 -> cutALine();
      case 3 -> cutTheEnd();
      case 4 -> cutWithinTheLastLine();
      case 5 -> swapLines();
      case 6 -> repeatALine();
      case 7 -> forgeALine();
      case 8 -> cutFileAndRecord();
      default -> editTheRecord();
    };
  }

  String editALine() throws IOException {
    var lines = lines();
    var at = random.nextInt(lines.size());
    var line = lines.get(at);
    var character = random.nextInt(line.length());
    var other = line.charAt(character) == '7' ? '8' : '7';
    lines.set(at, line.substring(0, character) + other + line.substring(character + 1));
    write(lines);
    return "edit character " + character + " of line " + at;
  }

  String cutALine() throws IOException {
    var lines = lines();
    var at = random.nextInt(lines.size());
    lines.remove(at);
    write(lines);
    return "cut line " + at;
  }

  String cutTheEnd() throws IOException {
    var lines = lines();
    var keep = random.nextInt(lines.size());
    write(lines.subList(0, keep));
    return "cut to " + keep + " lines";
  }

  String cutWithinTheLastLine() throws IOException {
    var text = Files.readString(file);
    Files.writeString(file, text.substring(0, text.length() - 2 - random.nextInt(100)));
    return "cut within the last line";
  }

  String swapLines() throws IOException {
    var lines = lines();
    var at = random.nextInt(lines.size() - 1);
    Collections.swap(lines, at, at + 1);
    write(lines);
    return "swap lines " + at + " and the next";
  }

  String repeatALine() throws IOException {
    var lines = lines();
    var at = random.nextInt(lines.size());
    lines.add(random.nextInt(lines.size() + 1), lines.get(at));
    write(lines);
    return "repeat line " + at;
  }

  /** With a key of one's own. */
  String forgeALine() throws IOException {
    var lines = lines();
    var last = CheckpointJson.parse(lines.get(lines.size() - 1)).orElseThrow();
    var forged =
        new Checkpoint(
            last.node(),
            last.line() + 1,
            last.n() - 1,
            last.mac(),
            last.rows() - 1,
            last.at(),
            last.previous(),
            "ab".repeat(32),
            last.signature());
    lines.add(CheckpointJson.encode(forged));
    write(lines);
    return "forge a line";
  }

  /** Both as they were two checkpoints ago: only the rows know better. */
  String cutFileAndRecord() throws IOException, SQLException {
    var lines = lines();
    var spare = lines.stream().filter(line -> line.contains("\"spare\"")).toList();
    var keep = random.nextInt(spare.size() - 1);
    for (var cut : spare.subList(keep, spare.size())) {
      lines.remove(cut);
    }
    write(lines);
    try (var statement =
        log.prepareStatement(
            keep == 0
                ? "delete from audit_checkpoint where node = 'spare' and ? is null"
                : "update audit_checkpoint set line = ? where node = 'spare'")) {
      statement.setString(1, keep == 0 ? null : spare.get(keep - 1));
      statement.execute();
    }
    return "cut file and record of spare to " + keep;
  }

  String editTheRecord() throws SQLException {
    var sql =
        List.of(
                "update audit_checkpoint set line = replace(line, '\"line\":1', '\"line\":2')",
                "update audit_checkpoint set line = 'x'",
                "delete from audit_checkpoint where node = 'main'")
            .get(random.nextInt(3));
    try (var statement = log.createStatement()) {
      statement.execute(sql);
    }
    return sql;
  }

  private List<String> lines() throws IOException {
    return new ArrayList<>(Files.readAllLines(file));
  }

  private void write(List<String> lines) throws IOException {
    Files.writeString(file, lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
  }
}
