package io.commandcenter.akm.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.commandcenter.akm.provider.Protocols;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ProvidersDocumentTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z]+)` \\| [^|]*(?:http|your)");

  @Test
  void namesEveryProtocolInOrder() throws IOException {
    var text = Files.readString(Path.of("docs/providers.md"));
    assertEquals(Protocols.names(), ROW.matcher(text).results().map(row -> row.group(1)).toList());
  }
}
