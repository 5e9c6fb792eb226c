package io.polegate.dist;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The command line of the gateway. */
public final class Launcher {
  private static final Logger LOG = LoggerFactory.getLogger(Launcher.class);
  private static final int GOOD = 0;
  private static final int REFUSED = 1;
  private static final int WRONG_USAGE = 2;
  private static final String PLUGINS = "plugins";

  private final Path home;
  private final String version;

  private Launcher(Path home, String version) {
    this.home = home;
    this.version = version;
  }

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String... words) throws Exception {
    Path home = Path.of(System.getProperty("polegate.home", "."));
    System.exit(new Launcher(home, version()).run(Arguments.parse(words)));
  }

  private static String version() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Launcher.class.getResourceAsStream("/polegate.properties")) {
      properties.load(in);
    }
    return properties.getProperty("version");
  }

  private int run(Arguments arguments) throws Exception {
    if (arguments instanceof Arguments.Run run) {
      return run(run);
    } else if (arguments instanceof Arguments.Check check) {
      return look(check.data(), "check", check.file().toString());
    } else if (arguments instanceof Arguments.Schema schema) {
      return look(schema.data(), "schema", schema.of());
    } else if (arguments instanceof Arguments.Secret secret) {
      return secret(secret);
    } else if (arguments instanceof Arguments.Version) {
      System.out.println("polegate " + version);
    } else if (arguments instanceof Arguments.Help) {
      System.out.print(Arguments.USAGE);
    } else if (arguments instanceof Arguments.Wrong wrong) {
      System.err.println("polegate: " + wrong.message());
      System.err.print(Arguments.USAGE);
      return WRONG_USAGE;
    }
    return GOOD;
  }

  /** Looks at what is installed, and at no device. */
  private int look(Optional<Path> dataFolder, String... words) throws Exception {
    Map<String, String> properties = new HashMap<>();
    dataFolder
        .map(Path::toAbsolutePath)
        .ifPresent(
            data -> {
              properties.put("polegate.data", data.toString());
              if (Files.isDirectory(data.resolve(PLUGINS))) {
                properties.put("polegate.plugins", data.resolve(PLUGINS).toString());
              }
            });
    return once(
        properties,
        List.of(home.resolve("bundles"), home.resolve("drivers"), home.resolve("bundles/last")),
        words);
  }

  /** Beside a gateway that may run: nothing but the files of secrets is touched. */
  private int secret(Arguments.Secret secret) throws Exception {
    Map<String, String> properties =
        Map.of(
            "polegate.config", secret.config().toAbsolutePath().toString(),
            "polegate.data", secret.data().toAbsolutePath().toString());
    List<String> words = new ArrayList<>(List.of("secret"));
    words.addAll(secret.command());
    return once(properties, List.of(home.resolve("bundles")), words.toArray(String[]::new));
  }

  /** Starts the bundles in some folders for one command. */
  private int once(Map<String, String> properties, List<Path> folders, String... words)
      throws Exception {
    Path scratch = Files.createTempDirectory("polegate-once");
    try {
      System.setProperty("java.io.tmpdir", scratch.toString());
      Map<String, String> all = new HashMap<>(properties);
      all.put("polegate.version", version);
      GatewayFramework framework = GatewayFramework.start(scratch.resolve("cache"), all, folders);
      int code = framework.call(words);
      framework.stop();
      return code;
    } finally {
      DataFolder.delete(scratch);
    }
  }

  private int run(Arguments.Run run) throws Exception {
    try (DataFolder data = DataFolder.take(run.data().toAbsolutePath())) {
      boolean console = isFree(run.httpPort());
      Path scratch = data.scratch();
      // native libraries are unpacked here, and the next start throws them away
      System.setProperty("java.io.tmpdir", scratch.toString());
      GatewayFramework framework =
          GatewayFramework.start(
              scratch.resolve("cache"),
              properties(run, console),
              List.of(
                  home.resolve("bundles"),
                  home.resolve("drivers"),
                  home.resolve("bundles/run"),
                  home.resolve("bundles/last")));
      int code = framework.call("run");
      if (code != GOOD) {
        framework.stop();
        return code;
      }
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(framework), "shutdown"));
      System.out.println("polegate " + version + " is ready, " + where(run.httpPort(), console));
      framework.framework().waitForStop(0);
      return GOOD;
    } catch (IOException e) {
      System.err.println("polegate: " + e.getMessage());
      return REFUSED;
    }
  }

  /** The lamps have to burn even if somebody else took the console's port. */
  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      LOG.warn("no console: port {} on 127.0.0.1 cannot be had: {}", port, e.getMessage());
      return false;
    }
  }

  private static String where(int port, boolean console) {
    return console
        ? "console at http://127.0.0.1:" + port + "/"
        : "without console: port " + port + " is taken, choose another with --http";
  }

  private Map<String, String> properties(Arguments.Run run, boolean console) {
    return Map.of(
        "polegate.version", version,
        "polegate.config", run.config().toAbsolutePath().toString(),
        "polegate.data", run.data().toAbsolutePath().toString(),
        "polegate.plugins", run.data().toAbsolutePath().resolve(PLUGINS).toString(),
        "org.apache.felix.http.enable", Boolean.toString(console),
        "org.apache.felix.http.host", "127.0.0.1",
        "org.osgi.service.http.port", Integer.toString(run.httpPort()));
  }

  /** Runs when the process is told to end. */
  private static void stop(GatewayFramework framework) {
    try {
      framework.stop();
      LOG.info("stopped");
      // else the virtual machine ends with 143, which is no error here
      Runtime.getRuntime().halt(GOOD);
    } catch (BundleException e) {
      LOG.error("did not stop cleanly", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
