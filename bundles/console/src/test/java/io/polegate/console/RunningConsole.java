package io.polegate.console;

import io.polegate.api.command.CommandGateway;
import io.polegate.api.config.Configuration;
import io.polegate.api.config.SecretStore;
import io.polegate.api.journal.JournalReader;
import io.polegate.api.live.LiveView;
import io.polegate.api.live.UplinkView;
import io.polegate.api.time.PoleClock;
import io.polegate.api.tools.BusTools;
import io.polegate.testkit.HandPoleClock;
import io.polegate.testkit.Ports;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** The console bundle in a real framework with a real web server. */
final class RunningConsole {
  private static final List<String> BUNDLES =
      List.of(
          "org.osgi.util.function-",
          "org.osgi.util.promise-",
          "org.osgi.service.component-",
          "org.apache.felix.scr-",
          "commons-io-",
          "commons-fileupload-",
          "org.apache.felix.http.servlet-api-",
          "org.apache.felix.http.jetty12-",
          "jackson-core-");

  /** What the launcher of the gateway gives, and the api, so that tests can offer services. */
  private static final String SHARED =
      String.join(
          ",",
          "org.slf4j;version=2.0.17",
          "org.slf4j.spi;version=2.0.17",
          "io.polegate.api.command;version=0.1.0",
          "io.polegate.api.config;version=0.1.0",
          "io.polegate.api.data;version=0.1.0",
          "io.polegate.api.driver;version=0.1.0",
          "io.polegate.api.journal;version=0.1.0",
          "io.polegate.api.live;version=0.1.0",
          "io.polegate.api.settings;version=0.1.0",
          "io.polegate.api.time;version=0.1.0",
          "io.polegate.api.tools;version=0.1.0");

  private final Framework framework;
  private final int port;

  private RunningConsole(Framework framework, int port) {
    this.framework = framework;
    this.port = port;
  }

  static RunningConsole start(FakeGateway gateway, Path folder) throws Exception {
    return start(gateway, folder, Ports.free());
  }

  static RunningConsole start(FakeGateway gateway, Path folder, int port) throws Exception {
    FrameworkFactory factory = ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow();
    Framework framework =
        factory.newFramework(
            Map.of(
                Constants.FRAMEWORK_STORAGE,
                folder.toString(),
                Constants.FRAMEWORK_STORAGE_CLEAN,
                Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT,
                Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                SHARED,
                "polegate.version",
                "0.1.0-test",
                "org.apache.felix.http.host",
                "127.0.0.1",
                "org.osgi.service.http.port",
                Integer.toString(port)));
    framework.start();
    RunningConsole console = new RunningConsole(framework, port);
    console.installAll(gateway);
    return console;
  }

  private void installAll(FakeGateway gateway) throws BundleException {
    BundleContext context = framework.getBundleContext();
    context.registerService(
        new String[] {
          LiveView.class.getName(),
          UplinkView.class.getName(),
          JournalReader.class.getName(),
          CommandGateway.class.getName()
        },
        gateway,
        null);
    context.registerService(PoleClock.class, HandPoleClock.system(), null);
    context.registerService(BusTools.class, gateway.tools(), null);
    context.registerService(
        new String[] {Configuration.class.getName(), SecretStore.class.getName()},
        gateway.documents(),
        null);
    List<Bundle> bundles = new ArrayList<>();
    for (String name : BUNDLES) {
      bundles.add(context.installBundle(jar(name).toURI().toString()));
    }
    bundles.add(context.installBundle("reference:" + own()));
    for (Bundle bundle : bundles) {
      bundle.start();
    }
  }

  private static String own() {
    return ConsoleServlet.class.getProtectionDomain().getCodeSource().getLocation().toString();
  }

  private static File jar(String prefix) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(File::new)
        .filter(file -> file.getName().startsWith(prefix))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("not on the class path: " + prefix));
  }

  int port() {
    return port;
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  void stop() throws BundleException, InterruptedException {
    framework.stop();
    framework.waitForStop(10_000);
  }
}
