package io.commandcenter.akm.e2e;

import java.util.List;
import java.util.SplittableRandom;

/** Strings that would change a statement if one were put together from text. */
final class HostileStrings {
  private static final List<String> TABLES =
      List.of("token", "provider_key", "audit", "budget_period", "usage_event", "schema_migration");
  private static final List<String> SEEDS =
      List.of(
          "'",
          "''",
          "\"",
          "`",
          ";",
          "--",
          "/*",
          "\\",
          "\\'",
          "%",
          "_",
          "%%%%%%%%%%%%%%%%%%%%%%%%%%%%_",
          "' or '1'='1",
          "' or 1=1 --",
          "\" or \"\"=\"",
          "') or ('1'='1",
          "1; drop table T",
          "'; drop table T; --",
          "'); delete from T; --",
          "'; update T set scope='admin'; --",
          "' union select mac from T --",
          "' union all select null,null,null,null from T --",
          "' and 1=(select count(*) from T) --",
          "'||(select mac from T limit 1)||'",
          "'; attach database 'x' as x; --",
          "'; pragma writable_schema=1; --",
          "' and randomblob(1000000000) --",
          "' and load_extension('x') --",
          "1e309",
          "0x27",
          "%27%20or%201=1",
          "%2527",
          "ʼ or 1=1",
          "＇ or 1=1",
          "${7*7}",
          "{{7*7}}",
          ":id",
          "?1",
          "$1",
          "@p",
          "null",
          "{\"$ne\":null}",
          "x'27",
          "\u0000'",
          "a\u0000b",
          "\n--\n",
          "\u2028'",
          "\ud83d\udd11'",
          "\ufffd'");

  private final SplittableRandom random = new SplittableRandom(20261125);

  String next() {
    var table = TABLES.get(random.nextInt(TABLES.size()));
    var text = seed().replace("T", table);
    return switch (random.nextInt(6)) {
      case 0 -> text;
      case 1 -> "tok_1" + text;
      case 2 -> text + seed().replace("T", table);
      case 3 -> "sk-" + text + random.nextInt(1000);
      case 4 -> text.toUpperCase(java.util.Locale.ROOT) + random.nextInt(1000);
      default -> text.repeat(1 + random.nextInt(20));
    };
  }

  private String seed() {
    return SEEDS.get(random.nextInt(SEEDS.size()));
  }
}
