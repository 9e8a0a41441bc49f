package io.commandcenter.akm.store;

import static io.commandcenter.akm.testkit.TestVertx.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path folder;

  @Test
  void isForItsOwnerOnly() throws IOException {
    var data = DataDirectory.open(folder.resolve("new/data"));

    assertEquals("rwx------", mode(folder.resolve("new/data")));
    assertEquals("rw-------", mode(data.database()));
    await(data.close());
  }

  @Test
  void keepsTheDatabaseToItsOwnerInADirectoryThatOthersMayEnter() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));

    assertEquals("rw-------", mode(DataDirectory.open(folder).database()));
  }

  /** Seen failing without the lock. */
  @Test
  void isHeldByOneAtATime() throws IOException {
    var held = DataDirectory.open(folder);

    var refused = assertThrows(IOException.class, () -> DataDirectory.open(folder));
    assertTrue(refused.getMessage().contains("AKM_DATA"), refused.getMessage());

    await(held.close());
    await(DataDirectory.open(folder).close());
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
