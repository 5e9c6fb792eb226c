package io.polegate.bench;

import java.nio.file.Path;

final class PoleBenchmark {
  PoleBenchmark(Scale scale, Report report, WorkFolder work, Path gateway) {}

  void run() {}
}
