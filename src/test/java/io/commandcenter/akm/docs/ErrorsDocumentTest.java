package io.commandcenter.akm.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.testkit.Documents;
import io.commandcenter.akm.testkit.ErrorsDocument;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ErrorsDocumentTest {
  @Test
  void listsEveryCodeAsTheCodeHasIt() throws IOException {
    Documents.compare("errors.md", ErrorsDocument.render());
  }

  @Test
  void busNumbersAreUniqueAndFindTheirCode() {
    assertEquals(
        Code.values().length, Arrays.stream(Code.values()).map(Code::busNumber).distinct().count());
    for (var code : Code.values()) {
      assertEquals(code, Code.ofBusNumber(code.busNumber()).orElseThrow());
    }
  }
}
