package io.polegate.demo;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A set of numbers, kept as ranges. One thread. */
final class NumberRanges {
  private final TreeMap<Long, Long> ends = new TreeMap<>();

  /** Adds {@code from} to {@code to}, both included; what is in already stays. */
  void add(long from, long to) {
    long start = from;
    long end = to;
    for (Map.Entry<Long, Long> left = touching(start, end);
        left != null;
        left = touching(start, end)) {
      start = Math.min(start, left.getKey());
      end = Math.max(end, left.getValue());
      ends.remove(left.getKey());
    }
    ends.put(start, end);
  }

  /**
   * Takes a number out.
   *
   * @return whether it was in
   */
  boolean remove(long number) {
    Map.Entry<Long, Long> range = ends.floorEntry(number);
    if (range == null || range.getValue() < number) {
      return false;
    }
    ends.remove(range.getKey());
    if (range.getKey() < number) {
      ends.put(range.getKey(), number - 1);
    }
    if (number < range.getValue()) {
      ends.put(number + 1, range.getValue());
    }
    return true;
  }

  /** How many numbers are in this and not in {@code other}. */
  long sizeWithout(NumberRanges other) {
    long size = 0;
    for (Map.Entry<Long, Long> range : ends.entrySet()) {
      size += range.getValue() - range.getKey() + 1 - other.sizeWithin(range);
    }
    return size;
  }

  private long sizeWithin(Map.Entry<Long, Long> bounds) {
    long size = 0;
    for (Map.Entry<Long, Long> range : ends.headMap(bounds.getValue(), true).entrySet()) {
      long from = Math.max(range.getKey(), bounds.getKey());
      long to = Math.min(range.getValue(), bounds.getValue());
      size += Math.max(0, to - from + 1);
    }
    return size;
  }

  private Map.@Nullable Entry<Long, Long> touching(long from, long to) {
    Map.Entry<Long, Long> left = ends.floorEntry(to);
    return left != null && left.getValue() >= from ? left : null;
  }
}
