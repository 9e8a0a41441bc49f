package io.commandcenter.akm.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Call;
import io.commandcenter.akm.contract.Catalogue;
import io.commandcenter.akm.testkit.BusDocument;
import io.commandcenter.akm.testkit.Documents;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BusDocumentTest {
  @Test
  void listsEveryAddressAndShapeAsTheCodeHasThem() throws IOException {
    Documents.compare("bus.md", BusDocument.render());
  }

  @Test
  void addressesAreVersionedAndUnique() {
    var addresses =
        Stream.concat(
                Catalogue.CALLS.stream().map(Call::address),
                Catalogue.FACTS.stream().map(fact -> fact.address()))
            .toList();
    addresses.forEach(
        address -> assertTrue(address.matches("akm(\\.[a-z-]+){2}\\.v\\d+"), address));
    assertEquals(addresses.size(), addresses.stream().collect(Collectors.toSet()).size());
  }
}
