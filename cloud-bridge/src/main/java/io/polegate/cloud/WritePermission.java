package io.polegate.cloud;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which points a platform may write, as {@code device.point} with stars for any characters.
 *
 * @param text as it was written, for a person
 * @param globs none means no point
 */
record WritePermission(String text, List<String> globs) {
  private static final Pattern GLOB = Pattern.compile("[a-z0-9*-]{1,64}\\.[a-z0-9*-]{1,64}");
  private static final int MOST_GLOBS = 100;

  /** Copies the list. */
  WritePermission {
    globs = List.copyOf(globs);
  }

  /**
   * Reads what a document says.
   *
   * @throws IllegalArgumentException if it is neither a star, nor {@code none}, nor patterns
   */
  static WritePermission of(String text) {
    String word = text.strip();
    if (word.equals("none")) {
      return new WritePermission(word, List.of());
    }
    List<String> globs =
        word.equals("*")
            ? List.of("*.*")
            : Arrays.stream(word.split(",", -1)).map(String::strip).toList();
    if (globs.size() > MOST_GLOBS || !globs.stream().allMatch(g -> GLOB.matcher(g).matches())) {
      throw new IllegalArgumentException("not patterns of points: " + text);
    }
    return new WritePermission(word, globs);
  }

  /** Whether a point of a device may be written. */
  boolean allows(String device, String point) {
    return globs.stream()
        .anyMatch(
            glob -> {
              int dot = glob.indexOf('.');
              return matches(glob.substring(0, dot), device)
                  && matches(glob.substring(dot + 1), point);
            });
  }

  /** Goes back to the last star only, so that no pattern takes long. */
  private static boolean matches(String glob, String id) {
    int at = 0;
    int i = 0;
    int star = -1;
    int starAt = 0;
    while (i < id.length()) {
      if (at < glob.length() && glob.charAt(at) == '*') {
        star = at++;
        starAt = i;
      } else if (at < glob.length() && glob.charAt(at) == id.charAt(i)) {
        at++;
        i++;
      } else if (star >= 0) {
        at = star + 1;
        i = ++starAt;
      } else {
        return false;
      }
    }
    return glob.substring(at).chars().allMatch(rest -> rest == '*');
  }
}
