package io.polegate.driver.modbus;

import io.polegate.driver.modbus.ModbusSettings.Requests;
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
   * it has none, two halves. Empty for a single point.
   */
  static List<Block> split(List<ModbusPoint> points, Block refused) {
    List<Integer> members = refused.members();
    if (members.size() == 1) {
      return List.of();
    }
    List<Block> runs = join(points, members, 0);
    if (runs.size() > 1) {
      return runs;
    }
    int middle = members.size() / 2;
    return List.of(
        block(points, members.subList(0, middle)),
        block(points, members.subList(middle, members.size())));
  }

  private static List<Block> join(List<ModbusPoint> points, List<Integer> indexes, int maxHole) {
    List<Integer> sorted = new ArrayList<>(indexes);
    sorted.sort(
        Comparator.comparing((Integer index) -> points.get(index).address().table())
            .thenComparing(index -> points.get(index).start()));
    List<Block> blocks = new ArrayList<>();
    List<Integer> members = new ArrayList<>();
    int end = 0;
    for (int index : sorted) {
      ModbusPoint point = points.get(index);
      if (!members.isEmpty() && !joins(points.get(members.get(0)), end, point, maxHole)) {
        blocks.add(block(points, members));
        members.clear();
        end = 0;
      }
      members.add(index);
      end = Math.max(end, point.end());
    }
    if (!members.isEmpty()) {
      blocks.add(block(points, members));
    }
    return blocks;
  }

  /** Whether a point can be read in one request with those from {@code first} up to {@code end}. */
  private static boolean joins(ModbusPoint first, int end, ModbusPoint point, int maxHole) {
    ModbusTable table = first.address().table();
    if (point.device().requests() == Requests.PER_POINT) {
      return point.address().table() == table
          && point.start() == first.start()
          && point.end() == first.end();
    }
    return point.address().table() == table
        && point.start() - end <= maxHole
        && Math.max(end, point.end()) - first.start() <= point.device().limit(table);
  }

  private static Block block(List<ModbusPoint> points, List<Integer> members) {
    ModbusPoint first = points.get(members.get(0));
    int end = members.stream().mapToInt(index -> points.get(index).end()).max().orElseThrow();
    return new Block(first.address().table(), first.start(), end - first.start(), members);
  }
}
