package io.commandcenter.akm.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search that finds nothing must be one that would find something. */
class CanariesTest {
  @TempDir Path folder;
  private final Canaries canaries = new Canaries();

  @Test
  void findsAKeyInEveryForm() throws IOException {
    canaries.next("sk-");
    var key = canaries.next("sk-ant-api03-");
    var bytes = key.getBytes(StandardCharsets.UTF_8);
    for (var text :
        List.of(
            key,
            HexFormat.of().formatHex(bytes),
            HexFormat.of().withUpperCase().formatHex(bytes),
            URLEncoder.encode(key, StandardCharsets.UTF_8),
            Base64.getEncoder().encodeToString(bytes),
            Base64.getUrlEncoder().encodeToString(("a:" + key).getBytes(StandardCharsets.UTF_8)),
            Base64.getEncoder().encodeToString(("b" + key).getBytes(StandardCharsets.UTF_8)),
            key.substring(20, 40))) {
      assertEquals(List.of("canary 1 in x"), canaries.in("x", "before " + text + " after"), text);
    }
  }

  @Test
  void whatMayBeShownIsNotFound() throws IOException {
    var key = canaries.next("sk-ant-api03-");
    assertEquals(List.of(), canaries.in("x", "sk-ant-api03-…" + key.substring(key.length() - 4)));
  }

  @Test
  void looksIntoFilesAndZips() throws IOException {
    var key = canaries.next("sk-");
    Files.writeString(folder.resolve("a.log"), "x".repeat(100_000) + key);
    try (var zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("b.zip")))) {
      zip.putNextEntry(new ZipEntry("inner"));
      zip.write(key.getBytes(StandardCharsets.UTF_8));
    }
    assertEquals(
        List.of("canary 0 in a.log", "canary 0 in inner of b.zip"),
        canaries.in(folder).stream().sorted().toList());
  }
}
