package io.commandcenter.akm.store;

import io.commandcenter.akm.core.audit.ChainKey;
import io.commandcenter.akm.core.audit.LogRow;
import io.commandcenter.akm.core.crypto.Keyring;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Random;

/** What somebody with the data file can do to the rows. */
final class RowTampers {
  private static final ChainKey OTHER_KEY =
      new ChainKey(AuditLogs.VAULT, Keyring.create(new SecureRandom()));
  private static final List<String> COLUMNS =
      List.of(
          "seq",
          "at",
          "principal",
          "action",
          "subject",
          "outcome",
          "detail",
          "node",
          "n",
          "lines",
          "mac");

  private final Connection log;
  private final Random random;

  RowTampers(Connection log, Random random) {
    this.log = log;
    this.random = random;
  }

  /** Tells what was done. */
  String any() throws SQLException {
    return switch (random.nextInt(14)) {
      case 0, 1, 2 -> editAColumn(COLUMNS.get(random.nextInt(COLUMNS.size())));
      case 3 -> deleteRows();
      case 4 -> deleteANode();
      case 5 -> truncate();
      case 6 -> appendARow();
      case 7 -> insertARow();
      case 8 -> insertAnOlderRow();
      case 9 -> swapPlaces();
      case 10 -> swapContents();
      case 11 -> restamp(OTHER_KEY);
      case 12 -> restamp(AuditLogs.KEY);
      default -> swapNodes();
    };
  }

  String editAColumn(String column) throws SQLException {
    var row = anyRow();
    var value =
        switch (column) {
          case "seq" -> "(select max(seq) from audit) + 1 + " + random.nextInt(9);
          case "at", "lines" -> "coalesce(" + column + ", 0) + 1";
          case "n" -> "coalesce(n, 0) + " + (1 + random.nextInt(300));
          case "node" -> "case node when 'main' then 'spare' else 'main' end";
          case "mac" -> "randomblob(32)";
          default -> "substr(" + column + ", 2) || 'x'";
        };
    run("update audit set " + column + " = " + value + " where seq = " + row.seq());
    return "edit " + column + " of " + row.seq();
  }

  String deleteRows() throws SQLException {
    var from = anyRow().seq();
    var to = from + random.nextInt(4);
    run("delete from audit where seq between " + from + " and " + to);
    return "delete " + from + " to " + to;
  }

  String deleteANode() throws SQLException {
    var node = random.nextBoolean() ? "node = 'spare'" : "node is null";
    run("delete from audit where " + node);
    return "delete all where " + node;
  }

  String truncate() throws SQLException {
    var rows = rows();
    var from = rows.get(random.nextInt(rows.size())).seq();
    run("delete from audit where seq >= " + from);
    // The table's own counter goes with it: its word is not needed to find this.
    run("update sqlite_sequence set seq = (select coalesce(max(seq), 0) from audit)");
    return "truncate from " + from;
  }

  String appendARow() throws SQLException {
    var row = anyChained();
    run(
        """
        insert into audit (at, principal, action, subject, outcome, detail, node, n, lines, mac)
        select at, principal, action, subject, outcome, detail, node,
          (select max(n) + 1 from audit where node = a.node), lines, mac
        from audit a where seq = %d"""
            .formatted(row.seq()));
    return "append a copy of " + row.seq();
  }

  String insertARow() throws SQLException {
    var row = anyChained();
    // From the end on, as each place must be free.
    run("update audit set seq = -seq - 1 where seq >= " + row.seq());
    run("update audit set seq = -seq where seq < 0");
    run("update audit set n = n + 1 where node = '" + row.node() + "' and n >= " + row.n());
    put(row, row.mac());
    return "insert a copy at " + row.seq();
  }

  String insertAnOlderRow() throws SQLException {
    var seq = random.nextBoolean() ? 0 : rows().size() + 1;
    run(
        "insert into audit (seq, at, principal, action, subject, outcome, detail) values ("
            + seq
            + ", 1, 'tok_evil', 'key.add', 'key_evil', 'ok', '')");
    return "insert an unchained row at " + seq;
  }

  String swapPlaces() throws SQLException {
    var one = anyRow();
    var other = another(one);
    run("update audit set seq = -1 where seq = " + one.seq());
    run("update audit set seq = " + one.seq() + " where seq = " + other.seq());
    run("update audit set seq = " + other.seq() + " where seq = -1");
    return "swap the places of " + one.seq() + " and " + other.seq();
  }

  String swapContents() throws SQLException {
    var one = anyRow();
    var other = another(one);
    run("update audit set principal = 'tok_swapped', at = at + 1 where seq = " + one.seq());
    run("update audit set principal = 'tok_swapped', at = at - 1 where seq = " + other.seq());
    return "swap contents of " + one.seq() + " and " + other.seq();
  }

  /** Changes a row and makes the whole chain anew from there on, as well as one can. */
  String restamp(ChainKey key) throws SQLException {
    var from = anyChained().seq();
    run("update audit set subject = 'key_other' where seq = " + from);
    var macs = new HashMap<String, byte[]>();
    for (var row : rows()) {
      if (row.chained()) {
        var mac = row.mac();
        if (row.seq() >= from) {
          mac = key.mac(row, macs.getOrDefault(row.node(), ChainKey.NO_MAC));
          setMac(row, mac);
        }
        macs.put(row.node(), mac);
      }
    }
    return "restamp from " + from + (key == AuditLogs.KEY ? " with the key" : "");
  }

  String swapNodes() throws SQLException {
    run("update audit set node = case node when 'main' then 'spare' else 'main' end");
    return "swap the nodes";
  }

  private void run(String sql) throws SQLException {
    try (var statement = log.createStatement()) {
      statement.execute(sql);
    }
  }

  private void setMac(LogRow row, byte[] mac) throws SQLException {
    try (var statement = log.prepareStatement("update audit set mac = ? where seq = ?")) {
      statement.setBytes(1, mac);
      statement.setLong(2, row.seq());
      statement.execute();
    }
  }

  private void put(LogRow row, byte[] mac) throws SQLException {
    try (PreparedStatement statement =
        log.prepareStatement("insert into audit values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      var values =
          new Object[] {
            row.seq(),
            row.at(),
            row.principal(),
            row.action(),
            "key_inserted",
            row.outcome(),
            row.detail(),
            row.node(),
            row.n(),
            row.lines(),
            mac
          };
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.execute();
    }
  }

  private List<LogRow> rows() throws SQLException {
    try (var statement = log.createStatement();
        var rows = statement.executeQuery("select * from audit order by seq")) {
      var all = new ArrayList<LogRow>();
      while (rows.next()) {
        all.add(AuditRows.logRow(rows));
      }
      return all;
    }
  }

  private LogRow anyRow() throws SQLException {
    var all = rows();
    return all.get(random.nextInt(all.size()));
  }

  private LogRow anyChained() throws SQLException {
    var all = new ArrayList<>(rows());
    Collections.shuffle(all, random);
    return all.stream().filter(LogRow::chained).findFirst().orElseThrow();
  }

  private LogRow another(LogRow one) throws SQLException {
    var other = anyRow();
    return other.seq() == one.seq() ? another(one) : other;
  }
}
