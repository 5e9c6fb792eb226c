package io.polegate.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.polegate.api.data.Value;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.Sample;
import io.polegate.driver.modbus.SimulatedBus.Transport;
import io.polegate.testkit.Await;
import io.polegate.testkit.modbus.Fault;
import io.polegate.testkit.modbus.Fault.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModbusTcpTest extends ModbusContract {
  private static final Duration SHORT = Duration.ofMillis(400);

  ModbusTcpTest() {
    super(Transport.TCP);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"SILENCE", "CORRUPT", "WRONG_UNIT"})
  void whatIsNoAnswerToTheRequestCountsAsSilence(Kind fault) throws Exception {
    try (Driver driver = driver(SHORT)) {
      List<Point> points = readablePoints(driver);
      driver.open();
      device.fail(Fault.of(fault));
      assertThatThrownBy(() -> driver.read(points)).isInstanceOf(DeviceSilentException.class);
      Await.until("the request to arrive", () -> device.requests() > 0);
      assertThat(device.requests()).as("requests until it gave up").isEqualTo(1);
      device.heal();
      assertThat(driver.read(points)).isEqualTo(readableSamples());
      assertThat(simulated().accepted()).as("a new connection after a time-out").isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"HALF_FRAME", "RESET"})
  void aBrokenConnectionIsDownAndHealsAfterOpen(Kind fault) throws Exception {
    try (Driver driver = driver()) {
      List<Point> points = readablePoints(driver);
      driver.open();
      device.fail(Fault.of(fault), 1);
      assertThatThrownBy(() -> driver.read(points)).isInstanceOf(EndpointDownException.class);
      driver.open();
      assertThat(driver.read(points)).isEqualTo(readableSamples());
    }
  }

  @Test
  void aConnectionCutBetweenTwoReadsHealsAfterOpen() throws Exception {
    try (Driver driver = driver()) {
      List<Point> points = readablePoints(driver);
      driver.open();
      driver.read(points);
      simulated().cutConnections();
      assertThatThrownBy(() -> driver.read(points)).isInstanceOf(EndpointDownException.class);
      driver.open();
      assertThat(driver.read(points)).isEqualTo(readableSamples());
    }
  }

  @Test
  void aDuplicateIsSkipped() throws Exception {
    try (Driver driver = driver()) {
      List<Point> points = readablePoints(driver);
      driver.open();
      device.fail(Fault.of(Kind.DUPLICATE));
      assertThat(driver.read(points)).isEqualTo(readableSamples());
      assertThat(driver.read(points)).isEqualTo(readableSamples());
      assertThat(simulated().accepted()).isEqualTo(1);
    }
  }

  @Test
  void aLateAnswerNeverBecomesTheValueOfTheNextRequest() throws Exception {
    try (Driver driver = driver(SHORT)) {
      Point first = point(driver, device(), settings("address", "holding:0"));
      Point second = point(driver, device(), settings("address", "holding:5"));
      driver.open();
      device.fail(Fault.late(SHORT.plusMillis(200)), 1);
      assertThatThrownBy(() -> driver.read(List.of(first)))
          .isInstanceOf(DeviceSilentException.class);
      assertThat(driver.read(List.of(second))).containsExactly(Sample.good(new Value.Int(7)));
    }
  }

  @Test
  void aPeerThatIsSlowToAcceptIsWaitedForWithinTheTimeOut() throws Exception {
    simulated().acceptAfter(Duration.ofMillis(200));
    try (Driver driver = driver()) {
      List<Point> points = readablePoints(driver);
      driver.open();
      assertThat(driver.read(points)).isEqualTo(readableSamples());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 11})
  void aGatewayThatDoesNotReachTheUnitMakesTheDeviceSilent(int code) throws Exception {
    try (Driver driver = driver()) {
      List<Point> points = readablePoints(driver);
      Point writable = point(driver, device(), writable());
      driver.open();
      device.fail(Fault.exception(code));
      assertThatThrownBy(() -> driver.read(points)).isInstanceOf(DeviceSilentException.class);
      assertThatThrownBy(() -> driver.write(writable, fitting().get(0)))
          .isInstanceOf(DeviceSilentException.class);
      assertThat(simulated().accepted()).as("the gateway itself is well").isEqualTo(1);
    }
  }

  @Test
  void aPeerThatSpeaksAnotherProtocolIsDown() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> answered =
          CompletableFuture.runAsync(
              () -> {
                try (Socket socket = other.accept()) {
                  assertThat(socket.getInputStream().read(new byte[100])).isPositive();
                  socket
                      .getOutputStream()
                      .write(
                          "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      String port = Integer.toString(other.getLocalPort());
      try (Driver driver = factory().create(settings("host", "127.0.0.1", "port", port))) {
        List<Point> points = readablePoints(driver);
        driver.open();
        assertThatThrownBy(() -> driver.read(points)).isInstanceOf(EndpointDownException.class);
      }
      answered.join();
    }
  }
}
