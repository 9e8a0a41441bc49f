package io.commandcenter.akm.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {
  @Test
  void takesTheNearestRank() {
    var hundred = Percentiles.of(LongStream.rangeClosed(1, 100).map(i -> 101 - i).toArray());

    assertEquals(50, hundred.at(50));
    assertEquals(99, hundred.at(99));
    assertEquals(100, hundred.at(99.5));
    assertEquals(1, hundred.at(0.1));
  }

  @Test
  void ofNothingIsNothing() {
    assertEquals(0, Percentiles.of().at(99));
    assertTrue(Double.isNaN(Percentiles.median()));
  }

  @Test
  void halvesTheTwoInTheMiddle() {
    assertEquals(2.5, Percentiles.median(4, 1, 3, 2));
    assertEquals(3, Percentiles.median(9, 3, 1));
  }
}
