package io.polegate.buffer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A folder as a disk may have it after a power cut: all that was synced, and of what was not any
 * part, down to single sectors; of names that came and went since the folder was synced any first
 * part. Follows a trace call by call.
 */
final class LostWrites {
  private static final int SECTOR = 512;
  private static final int PAGE = 4096;
  private static final long CREATE = 0100;
  private static final long TRUNCATE = 01000;

  private final String folderName;
  private final Map<Long, Inode> open = new HashMap<>();
  private final Map<String, Inode> names = new HashMap<>();
  private final List<Map<String, Inode>> states = new ArrayList<>(List.of(Map.of()));
  private final Inode folder = new Inode();

  LostWrites(Path folder) {
    this.folderName = folder.getFileName().toString();
  }

  void follow(DiskCall call) {
    switch (call.kind()) {
      case OPEN -> open(call);
      case CLOSE -> open.remove(call.fd());
      case WRITE, TRUNCATE -> file(call).pending.add(call);
      case SYNC -> sync(file(call));
      case RENAME -> rename(call.text().split("\0", 2));
      case UNLINK -> {
        names.remove(DiskCall.name(call.text()));
        states.add(Map.copyOf(names));
      }
    }
  }

  /** Puts into an empty folder what a cut at this moment may leave. */
  void cut(Path target, Random random) throws IOException {
    int style = random.nextInt(4);
    Map<String, Inode> left = states.get(random.nextInt(states.size()));
    for (Map.Entry<String, Inode> file : left.entrySet()) {
      if (!file.getKey().endsWith("-shm")) {
        Files.write(target.resolve(file.getKey()), file.getValue().left(style, random));
      }
    }
  }

  private void open(DiskCall call) {
    String name = DiskCall.name(call.text());
    Inode file = name.equals(folderName) || name.equals(".") ? folder : names.get(name);
    if (file == null) {
      if ((call.offset() & CREATE) == 0) {
        throw new IllegalStateException("opened what is not there: " + name);
      }
      file = new Inode();
      names.put(name, file);
      states.add(Map.copyOf(names));
    } else if ((call.offset() & TRUNCATE) != 0) {
      file.pending.add(new DiskCall(DiskCall.Kind.TRUNCATE, call.fd(), 0, new byte[0]));
    }
    open.put(call.fd(), file);
  }

  private Inode file(DiskCall call) {
    Inode file = open.get(call.fd());
    if (file == null) {
      throw new IllegalStateException("not open: " + call.fd());
    }
    return file;
  }

  private void sync(Inode file) {
    if (file == folder) {
      states.clear();
      states.add(Map.copyOf(names));
    } else {
      file.sync();
    }
  }

  private void rename(String[] paths) {
    Inode file = names.remove(DiskCall.name(paths[0]));
    if (file == null) {
      throw new IllegalStateException("renamed what is not there: " + paths[0]);
    }
    names.put(DiskCall.name(paths[1]), file);
    states.add(Map.copyOf(names));
  }

  private static final class Inode {
    final List<DiskCall> pending = new ArrayList<>();
    private byte[] durable = new byte[0];

    void sync() {
      for (DiskCall call : pending) {
        durable = apply(durable, call, 0, call.data().length);
      }
      pending.clear();
    }

    /** 0: all of what is pending is lost, 1: nothing, 2: some calls, 3: some sectors. */
    byte[] left(int style, Random random) {
      byte[] content = durable.clone();
      for (DiskCall call : pending) {
        if (style == 3 && call.kind() == DiskCall.Kind.WRITE) {
          content = torn(content, call, random);
        } else if (style == 1 || (style >= 2 && random.nextBoolean())) {
          content = apply(content, call, 0, call.data().length);
        }
      }
      return content;
    }

    private static byte[] torn(byte[] before, DiskCall call, Random random) {
      byte[] content = before;
      int unit = random.nextBoolean() ? SECTOR : PAGE;
      int length = call.data().length;
      for (int from = 0; from < length; ) {
        int to = (int) Math.min(length, from + unit - (call.offset() + from) % unit);
        if (random.nextBoolean()) {
          content = apply(content, call, from, to);
        }
        from = to;
      }
      return content;
    }

    private static byte[] apply(byte[] before, DiskCall call, int from, int to) {
      if (call.kind() == DiskCall.Kind.TRUNCATE) {
        return Arrays.copyOf(before, (int) call.offset());
      }
      int end = (int) call.offset() + to;
      byte[] content = end > before.length ? Arrays.copyOf(before, end) : before;
      System.arraycopy(call.data(), from, content, (int) call.offset() + from, to - from);
      return content;
    }
  }
}
