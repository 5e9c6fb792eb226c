package io.polegate.driver.gpio;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import io.polegate.api.driver.EndpointDownException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchService;

/** Any Linux board whose kernel has its pins in sysfs. Nothing native. */
final class SysfsBoard implements Board {
  private final Sysfs sysfs;

  SysfsBoard(Sysfs sysfs) {
    this.sysfs = sysfs;
  }

  @Override
  public Context open() throws EndpointDownException {
    if (!Files.exists(sysfs.exportFile())) {
      throw new EndpointDownException(
          "no \""
              + sysfs.exportFile()
              + "\": this kernel has no GPIO in sysfs"
              + " (CONFIG_GPIO_SYSFS), or this machine has no pins");
    }
    if (!Files.exists(sysfs.chipFolder())) {
      throw new EndpointDownException(
          "no GPIO chip \"" + sysfs.chipFolder() + "\": see ls " + sysfs.chipFolder().getParent());
    }
    if (!Files.isWritable(sysfs.exportFile())) {
      throw new EndpointDownException(
          "may not write \""
              + sysfs.exportFile()
              + "\": put the gateway's user into the group gpio, or give it the file");
    }
    return start();
  }

  /** A line stays exported from here on, so that nobody changes it in between. */
  @Override
  public boolean level(int line) throws IOException {
    return Sysfs.drivesHigh(sysfs.take(line));
  }

  @Override
  public boolean pulls() {
    return false;
  }

  @Override
  public boolean tellsEdges(int line) throws IOException {
    return Files.exists(sysfs.take(line).resolve("edge"));
  }

  private Context start() throws EndpointDownException {
    Path running = sysfs.chipFolder();
    try {
      WatchService edges = FileSystems.getDefault().newWatchService();
      try {
        return Pi4J.newContextBuilder()
            .add(new SysfsInputs(sysfs, edges), new SysfsOutputs(sysfs))
            .build();
      } catch (RuntimeException e) {
        edges.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      throw new EndpointDownException("cannot use \"" + running + "\": " + e.getMessage(), e);
    }
  }
}
