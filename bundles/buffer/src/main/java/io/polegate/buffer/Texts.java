package io.polegate.buffer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The texts of one block: each is written out once and then named by its index. Code 0 announces a
 * new text, code n the text of index n-1. For one thread.
 */
final class Texts {
  private final Map<String, Integer> indexes = new HashMap<>();
  private final List<String> read = new ArrayList<>();

  void write(Packer out, String text) {
    Integer index = indexes.get(text);
    if (index == null) {
      indexes.put(text, indexes.size());
      out.octet(0);
      out.text(text);
    } else {
      out.unsigned(index + 1L);
    }
  }

  String read(Unpacker in) throws DamagedBlockException {
    int code = in.index(read.size() + 1);
    if (code > 0) {
      return read.get(code - 1);
    }
    String text = in.text();
    read.add(text);
    return text;
  }
}
