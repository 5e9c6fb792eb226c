package io.polegate.console;

import io.polegate.api.command.CommandGateway;
import io.polegate.api.config.Configuration;
import io.polegate.api.config.SecretStore;
import io.polegate.api.journal.JournalReader;
import io.polegate.api.live.LiveView;
import io.polegate.api.live.UplinkView;
import io.polegate.api.time.PoleClock;
import io.polegate.api.tools.BusTools;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The console: every request comes in here, is guarded, and goes to its {@link Route}. Thread-safe;
 * owns the one thread of the event stream.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/*")
@HttpWhiteboardServletAsyncSupported
@SuppressWarnings("serial") // servlets are serializable by inheritance only
public final class ConsoleServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Logger log = LoggerFactory.getLogger(ConsoleServlet.class);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final ScheduledExecutorService ticker;
  private final EventStream stream;
  private final Routes routes;

  /** Starts the console on the parts of the gateway. */
  @Activate
  public ConsoleServlet(
      BundleContext bundle,
      @Reference LiveView live,
      @Reference UplinkView uplinks,
      @Reference JournalReader journal,
      @Reference CommandGateway commands,
      @Reference BusTools tools,
      @Reference Configuration configuration,
      @Reference SecretStore secrets,
      @Reference PoleClock clock) {
    String version = Optional.ofNullable(bundle.getProperty("polegate.version")).orElse("");
    Gateway gateway = new Gateway(version, live, uplinks, journal, clock, System::nanoTime);
    this.ticker =
        Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "console-ticker"));
    this.stream = new EventStream(gateway, ticker);
    this.routes =
        Routes.of(
            gateway,
            stream,
            new Commands(gateway, commands, clock, LONGEST_WAIT),
            new Technician(tools, LONGEST_WAIT),
            new Documents(configuration),
            new SecretNames(secrets));
    stream.start();
  }

  /** Ends the stream; requests are no longer delivered by then. */
  @Deactivate
  public void close() {
    ticker.execute(stream::close);
    ticker.shutdown();
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    SecurityHeaders.set(response);
    try {
      Guard.check(request);
      routes.serve(request, response);
    } catch (RefusedException e) {
      log.debug("request refused", e);
      if (!request.getMethod().equals("GET")) {
        // its body may not have been read, so the connection cannot carry another request
        response.setHeader("Connection", "close");
      }
      e.problem().writeTo(response);
    } catch (RuntimeException e) {
      log.error("request \"{} {}\" failed", request.getMethod(), request.getPathInfo(), e);
      new Problem(500, "internal", "The gateway made a mistake", "see its log").writeTo(response);
    }
  }
}
