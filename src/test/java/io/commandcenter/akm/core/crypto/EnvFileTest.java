package io.commandcenter.akm.core.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.core.crypto.EnvFile.Fault;
import io.commandcenter.akm.core.crypto.EnvFile.Variable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvFileTest {
  private static EnvFile parse(String text) {
    return EnvFile.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      delimiter = '|',
      value = {
        "A=value | value",
        "export A=value | value",
        "  export   A = value   | value",
        "A=value # a comment | value",
        "A=val#ue | val#ue",
        "A=\"val # ue\" # a comment | val # ue",
        "A='val\\n$ue' | val\\n$ue",
        "A=\"a\\\"b\\\\c\" | a\"b\\c",
        "A=\"a\\qb\" | a\\qb",
        "A=a=b= | a=b=",
        "A='it is' | it is",
        "A=sk-ant-api03-a_b-c.d/e+f | sk-ant-api03-a_b-c.d/e+f",
        "A=\"ab\\$cd\" | ab$cd",
        "A=ab$ | ab$",
      })
  void readsAValueAsTheShellWould(String line, String value) {
    var read = parse(line + "\n");
    assertEquals(List.of(new Variable("A", Secret.of(value), 1)), read.variables(), line);
    assertEquals(List.of(), read.faults());
  }

  @Test
  void quotedValuesMayGoOverLines() {
    var read = parse("# first\n\nA=\"one\ntwo\\n\"\r\nB='x\ny'\nC=z");
    assertEquals(
        List.of(
            new Variable("A", Secret.of("one\ntwo\n"), 3),
            new Variable("B", Secret.of("x\ny"), 5),
            new Variable("C", Secret.of("z"), 7)),
        read.variables());
  }

  @Test
  void ofTwoOfOneNameTheLaterCounts() {
    assertEquals(List.of(new Variable("A", Secret.of("2"), 2)), parse("A=1\nA=2\n").variables());
  }

  @Test
  void anEditorsMarkAtTheBeginningIsNoPartOfTheName() {
    assertEquals("A", parse("\ufeffA=1").variables().get(0).name());
  }

  /** A key would be taken that is none. Seen failing without that question. */
  @Test
  void whatRefersToAnotherVariableIsNotTaken() {
    var reason = "refers to another variable; write the value itself";
    assertEquals(
        List.of(new Fault("A", 1, reason), new Fault("B", 2, reason), new Fault("C", 3, reason)),
        parse("A=${OTHER}\nB=\"x${OTHER}\"\nC=$OTHER\n").faults());
  }

  @Test
  void saysWhatIsNoAssignmentAndGoesOn() {
    var read = parse("nonsense\nA=\nB=\"open\nC=fine\n=x\nD='a' b\n");
    assertEquals(List.of(new Variable("C", Secret.of("fine"), 4)), read.variables());
    assertEquals(
        List.of(
            new Fault(null, 1, "is no assignment NAME=value"),
            new Fault("A", 2, "is empty"),
            new Fault("B", 3, "has a quote that is not closed, or more after it"),
            new Fault(null, 5, "is no assignment NAME=value"),
            new Fault("D", 6, "has a quote that is not closed, or more after it")),
        read.faults());
  }

  @Test
  void takesAnyBytesWithoutFailing() {
    var random = new Random(3);
    for (int i = 0; i < 2000; i++) {
      var bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      for (int j = 0; j < bytes.length; j += 1 + random.nextInt(8)) {
        bytes[j] = (byte) "\n='\"\\ #A$".charAt(random.nextInt(9));
      }
      var read = EnvFile.parse(bytes);
      assertTrue(read.variables().size() + read.faults().size() <= bytes.length + 1);
    }
  }
}
