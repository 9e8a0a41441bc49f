package io.commandcenter.akm.provider;

import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * The addresses a provider on the internet cannot have: this machine, its networks, and the
 * metadata services behind them.
 */
final class PrivateAddresses {
  private PrivateAddresses() {}

  static boolean contains(InetAddress address) {
    var bytes = address.getAddress();
    return address instanceof Inet4Address ? isPrivate4(bytes, 0) : isPrivate6(bytes);
  }

  /**
   * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IANA special-purpose
   *     IPv4 addresses</a>
   */
  private static boolean isPrivate4(byte[] b, int at) {
    int first = b[at] & 0xff;
    int second = b[at + 1] & 0xff;
    int third = b[at + 2] & 0xff;
    return switch (first) {
      case 0, 10, 127 -> true;
      case 100 -> second >= 64 && second <= 127; // carrier-grade NAT
      case 169 -> second == 254; // link-local, with the clouds' metadata services
      case 172 -> second >= 16 && second <= 31;
      case 192 ->
          second == 168
              || (second == 0 && (third == 0 || third == 2))
              || (second == 88 && third == 99);
      case 198 -> second == 18 || second == 19 || (second == 51 && third == 100);
      case 203 -> second == 0 && third == 113;
      default -> first >= 224; // multicast, reserved, broadcast
    };
  }

  /** Only 2000::/3 is given out; within it the ranges that hide an IPv4 address are looked into. */
  private static boolean isPrivate6(byte[] b) {
    if (startsWith(b, 0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0)) {
      return isPrivate4(b, 12); // NAT64
    }
    if (startsWith(b, 0x20, 0x02)) {
      return isPrivate4(b, 2); // 6to4
    }
    boolean globalUnicast = (b[0] & 0xe0) == 0x20;
    boolean special =
        startsWith(b, 0x20, 0x01, 0, 0) // Teredo
            || startsWith(b, 0x20, 0x01, 0, 2) // benchmarks
            || startsWith(b, 0x20, 0x01, 0x0d, 0xb8) // documentation
            || startsWith(b, 0x3f, 0xff);
    return !globalUnicast || special;
  }

  private static boolean startsWith(byte[] bytes, int... prefix) {
    for (int i = 0; i < prefix.length; i++) {
      if ((bytes[i] & 0xff) != prefix[i]) {
        return false;
      }
    }
    return true;
  }
}
