package io.polegate.driver.modbus;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Groups points of one device into few requests, never splitting a value. Pure. */
final class ModbusPlan {

  /**
   * One request.
   *
   * @param start first address
   * @param count addresses
   * @param members indexes of the points inside, ascending by address
   */
  record Block(ModbusTable table, int start, int count, List<Integer> members) {
    /** Copies the list. */
    Block {
      members = List.copyOf(members);
    }
  }

  private ModbusPlan() {}

  /** Requests for all points, joined over holes as the device allows. */
  static List<Block> of(List<ModbusPoint> points) {
    List<Integer> all = IntStream.range(0, points.size()).boxed().toList();
    return points.isEmpty() ? List.of() : join(points, all, points.get(0).device().maxHole());
  }

  /**
   * The next smaller requests for the points of a block that was refused: without its holes, or if
   * it has none, one for each point. Empty for a single point.
   */
  static List<Block> split(List<ModbusPoint> points, Block refused) {
    if (refused.members().size() == 1) {
      return List.of();
    }
    List<Block> runs = join(points, refused.members(), 0);
    return runs.size() > 1
        ? runs
        : refused.members().stream().map(index -> block(points, List.of(index))).toList();
  }

  private static List<Block> join(List<ModbusPoint> points, List<Integer> indexes, int maxHole) {
    List<Integer> sorted = new ArrayList<>(indexes);
    sorted.sort(
        Comparator.comparing((Integer index) -> points.get(index).address().table())
            .thenComparing(index -> points.get(index).start()));
    List<Block> blocks = new ArrayList<>();
    List<Integer> members = new ArrayList<>();
    for (int index : sorted) {
      if (!members.isEmpty() && !joins(block(points, members), points.get(index), maxHole)) {
        blocks.add(block(points, members));
        members.clear();
      }
      members.add(index);
    }
    if (!members.isEmpty()) {
      blocks.add(block(points, members));
    }
    return blocks;
  }

  private static boolean joins(Block block, ModbusPoint point, int maxHole) {
    int end = Math.max(block.start() + block.count(), point.end());
    return point.address().table() == block.table()
        && point.start() - (block.start() + block.count()) <= maxHole
        && end - block.start() <= point.device().limit(block.table());
  }

  private static Block block(List<ModbusPoint> points, List<Integer> members) {
    ModbusPoint first = points.get(members.get(0));
    int end = members.stream().mapToInt(index -> points.get(index).end()).max().orElseThrow();
    return new Block(first.address().table(), first.start(), end - first.start(), members);
  }
}
