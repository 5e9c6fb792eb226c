package io.polegate.buffer;

import io.polegate.api.journal.Lane;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The blocks of one lane on one connection. For one thread at a time; closed with it. */
final class BlockTable {
  private static final String COLUMNS = "select first_seq, last_seq, ordinal, count";

  private final Lane lane;
  private final PreparedStatement insert;
  private final PreparedStatement delete;
  private final PreparedStatement replace;
  private final PreparedStatement rewrite;
  private final PreparedStatement oldest;
  private final PreparedStatement newest;
  private final PreparedStatement atOrBefore;
  private final PreparedStatement after;

  BlockTable(Connection connection, Lane lane) throws SQLException {
    this.lane = lane;
    String table = Sql.table(lane);
    insert = connection.prepareStatement("insert into " + table + " values(?,?,?,?,?)");
    delete = connection.prepareStatement("delete from " + table + " where first_seq=?");
    replace = connection.prepareStatement("update " + table + " set body=? where first_seq=?");
    rewrite =
        connection.prepareStatement(
            "update " + table + " set last_seq=?, count=?, body=? where first_seq=?");
    String heads = COLUMNS + ", null, length(body) from " + table;
    oldest = connection.prepareStatement(heads + " order by first_seq limit 1");
    newest = connection.prepareStatement(heads + " order by first_seq desc limit 1");
    String blocks = COLUMNS + ", body, length(body) from " + table;
    atOrBefore =
        connection.prepareStatement(blocks + " where first_seq<=? order by first_seq desc limit 1");
    after = connection.prepareStatement(blocks + " where first_seq>? order by first_seq limit 1");
  }

  static PerLane<BlockTable> all(Connection connection) throws SQLException {
    Map<Lane, BlockTable> tables = new EnumMap<>(Lane.class);
    for (Lane lane : Lane.values()) {
      tables.put(lane, new BlockTable(connection, lane));
    }
    return PerLane.of(tables);
  }

  void insert(Block block) throws SQLException {
    insert.setLong(1, block.first);
    insert.setLong(2, block.last);
    insert.setLong(3, block.ordinal);
    insert.setInt(4, block.count);
    insert.setBytes(5, block.body);
    insert.executeUpdate();
  }

  void delete(long first) throws SQLException {
    delete.setLong(1, first);
    delete.executeUpdate();
  }

  /** Puts another body in the place of a block's. */
  void replace(long first, byte[] body) throws SQLException {
    replace.setBytes(1, body);
    replace.setLong(2, first);
    replace.executeUpdate();
  }

  /** Puts another block in the place of the one with the same first number. */
  void rewrite(Block block) throws SQLException {
    rewrite.setLong(1, block.last);
    rewrite.setInt(2, block.count);
    rewrite.setBytes(3, block.body);
    rewrite.setLong(4, block.first);
    rewrite.executeUpdate();
  }

  /** Without its body. */
  Optional<Block> oldest() throws SQLException {
    return one(oldest);
  }

  /** Without its body. */
  Optional<Block> newest() throws SQLException {
    return one(newest);
  }

  /** The block that holds {@code seq}, or else the last one before it. */
  Optional<Block> atOrBefore(long seq) throws SQLException {
    atOrBefore.setLong(1, seq);
    return one(atOrBefore);
  }

  /** The first block that starts above {@code seq}. */
  Optional<Block> after(long seq) throws SQLException {
    after.setLong(1, seq);
    return one(after);
  }

  private Optional<Block> one(PreparedStatement query) throws SQLException {
    try (ResultSet rows = query.executeQuery()) {
      if (!rows.next()) {
        return Optional.empty();
      }
      byte[] body = rows.getBytes(5);
      return Optional.of(
          new Block(
              lane,
              rows.getLong(1),
              rows.getLong(2),
              rows.getLong(3),
              rows.getInt(4),
              body == null ? new byte[0] : body,
              rows.getInt(6)));
    }
  }
}
