package io.polegate.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverException;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.driver.Point;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a driver must do whose endpoint can break: a port, a connection, a session. */
public abstract class EndpointContract extends DriverContract {

  /** Takes the endpoint away: pulls the cable, stops the server. */
  protected abstract void breakEndpoint() throws Exception;

  /** Brings it back under the same settings. */
  protected abstract void repairEndpoint() throws Exception;

  /** Requests that reached {@link #silentDevice()}, to know when a call is blocked. */
  protected abstract int requestsToTheSilentDevice();

  @Test
  public void openSaysThatTheEndpointIsDown() throws Exception {
    breakEndpoint();
    try (Driver driver = driver()) {
      assertThatThrownBy(driver::open).isInstanceOf(EndpointDownException.class);
    }
  }

  @Test
  public void aDriverThatIsNotOpenSaysSo() throws Exception {
    try (Driver driver = driver()) {
      List<Point> points = readablePoints(driver);
      assertThatThrownBy(() -> driver.read(points)).isInstanceOf(EndpointDownException.class);
    }
  }

  @Test
  public void anEndpointThatGoesIsDownAndHealsAfterOpen() throws Exception {
    try (Driver driver = driver(Duration.ofMillis(500))) {
      List<Point> points = readablePoints(driver);
      driver.open();
      assertThat(driver.read(points)).isEqualTo(readableSamples());
      breakEndpoint();
      assertThatThrownBy(() -> driver.read(points)).isInstanceOf(EndpointDownException.class);
      assertThatThrownBy(driver::open).isInstanceOf(EndpointDownException.class);
      assertThatThrownBy(() -> driver.read(points)).isInstanceOf(EndpointDownException.class);
      repairEndpoint();
      driver.open();
      assertThat(driver.read(points)).isEqualTo(readableSamples());
    }
  }

  @Test
  public void aWriteFindsTheEndpointGoneToo() throws Exception {
    try (Driver driver = driver(Duration.ofMillis(500))) {
      Point point = point(driver, device(), writable());
      driver.open();
      breakEndpoint();
      assertThatThrownBy(() -> driver.write(point, fitting().get(0)))
          .isInstanceOf(EndpointDownException.class);
    }
  }

  @Test
  public void closeFromAnotherThreadEndsABlockedRead() throws Exception {
    Driver driver = driver(Duration.ofSeconds(60));
    Point silent = point(driver, silentDevice(), readable().keySet().iterator().next());
    driver.open();
    int before = requestsToTheSilentDevice();
    CompletableFuture<Object> reading = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              try {
                reading.complete(driver.read(List.of(silent)));
              } catch (DriverException e) {
                reading.completeExceptionally(e);
              }
            });
    reader.start();
    Await.until("the read to be blocked", () -> requestsToTheSilentDevice() > before);
    driver.close();
    assertThatThrownBy(() -> reading.get(HANGS.toMillis(), TimeUnit.MILLISECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(EndpointDownException.class);
    reader.join();
  }
}
