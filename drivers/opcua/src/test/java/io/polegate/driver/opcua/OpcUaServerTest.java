package io.polegate.driver.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.polegate.api.data.BadReason;
import io.polegate.api.data.Value;
import io.polegate.api.driver.Browse;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.Sample;
import io.polegate.api.driver.WriteRejectedException;
import io.polegate.api.settings.Settings;
import io.polegate.testkit.Await;
import io.polegate.testkit.Ports;
import java.time.Period;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Values, types, namespaces and sessions of a server. */
class OpcUaServerTest {
  private static MiloServer.Identity identity;
  private int port;
  private MiloServer server;
  private OpcUaDriver driver;

  @BeforeAll
  static void makeCertificate() throws Exception {
    identity = MiloServer.Identity.of("127.0.0.1", Period.ofYears(1));
  }

  @BeforeEach
  void start() throws Exception {
    port = Ports.free();
    server = new MiloServer(port, identity, List.of("urn:other", "urn:lamp"));
    driver = Pole.driver(port, Optional.empty());
    driver.open();
  }

  @AfterEach
  void stop() {
    driver.close();
    server.close();
  }

  @Test
  void aStatusOfTheServerBecomesAReason() throws Exception {
    assertThat(read("s=Broken", "real"))
        .isEqualTo(Sample.bad(BadReason.SENSOR_FAULT, "Bad_SensorFailure"));
    assertThat(read("s=Doubtful", "real"))
        .isEqualTo(Sample.bad(BadReason.UNCERTAIN, "Uncertain_SensorNotAccurate"));
    assertThat(read("s=Nowhere", "real"))
        .isEqualTo(Sample.bad(BadReason.DEVICE_REFUSED, "Bad_NodeIdUnknown"));
    assertThat(read("nsu=urn:nowhere;s=Level", "real"))
        .isEqualTo(
            Sample.bad(BadReason.DEVICE_REFUSED, "the server has no namespace \"urn:nowhere\""));
  }

  @Test
  void theSourceHasAClockOfItsOwn() throws Exception {
    assertThat(read("s=Stamped", "real"))
        .isEqualTo(new Sample.Good(new Value.Real(7), Optional.of(LampNamespace.STAMP)));
  }

  @Test
  void aValueOfAnotherTypeIsTakenOnlyIfNothingIsLost() throws Exception {
    assertThat(read("s=UInt32", "real")).isEqualTo(Sample.good(new Value.Real(4e9)));
    assertThat(read("s=Stamped", "integer")).isInstanceOf(Sample.Good.class);
    assertThat(read("s=Double", "integer")).isInstanceOf(Sample.Bad.class);
    assertThat(read("s=Int64", "bool")).isInstanceOf(Sample.Bad.class);
    assertThat(read("s=UInt64", "real")).isInstanceOf(Sample.Bad.class);
  }

  @Test
  void moreValuesThanOneRequestMayHaveAreReadInSeveral() throws Exception {
    List<Point> many = new ArrayList<>();
    for (int i = 0; i < 3 * MiloServer.MOST_PER_READ + 1; i++) {
      many.add(Pole.point(driver, "s=Level", "integer"));
    }
    assertThat(driver.read(many))
        .isEqualTo(Collections.nCopies(many.size(), Sample.good(Pole.fifty())));
  }

  @Test
  void aServerThatHidesItsLimitIsAskedForLess() throws Exception {
    driver.close();
    server.hideLimit();
    driver.open();
    assertThat(read("ns=0;i=11705", "integer").toString()).contains("Int[value=0]");
    List<Point> many =
        new ArrayList<>(
            Collections.nCopies(
                3 * MiloServer.MOST_PER_READ + 1, Pole.point(driver, "s=Level", "integer")));
    many.add(3, Pole.point(driver, "s=Nowhere", "integer"));
    List<Sample> samples = new ArrayList<>(driver.read(many));
    assertThat(samples.remove(3))
        .isEqualTo(Sample.bad(BadReason.DEVICE_REFUSED, "Bad_NodeIdUnknown"));
    assertThat(samples).isEqualTo(Collections.nCopies(many.size() - 1, Sample.good(Pole.fifty())));
  }

  @Test
  void aWriteHasTheTypeOfItsNode() throws Exception {
    LampNamespace lamp = server.namespace("urn:lamp");
    driver.write(Pole.point(driver, "s=Float", "real"), new Value.Real(2.5));
    assertThat(lamp.get("Float")).isEqualTo(2.5f);
    driver.write(Pole.point(driver, "s=Int16", "real"), new Value.Real(-32_768));
    assertThat(lamp.get("Int16")).isEqualTo(Short.MIN_VALUE);
    driver.write(Pole.point(driver, "s=Duration", "integer"), new Value.Int(5));
    assertThat(lamp.get("Duration")).isEqualTo(5.0);
    driver.write(Pole.point(driver, "s=Any", "integer"), new Value.Int(4));
    assertThat(lamp.get("Any")).isEqualTo((short) 4);
    driver.write(Pole.point(driver, "s=Name", "text"), new Value.Text("灯"));
    assertThat(lamp.get("Name")).isEqualTo("灯");
  }

  @Test
  void aWriteThatDoesNotFitIsRejected() throws Exception {
    assertRejected("s=Int16", "integer", new Value.Int(32_768));
    assertRejected("s=Int16", "real", new Value.Real(0.5));
    assertRejected("s=Float", "real", new Value.Real(1e300));
    assertRejected("s=Name", "integer", new Value.Int(1));
    assertRejected("s=Nowhere", "integer", new Value.Int(1));
    assertRejected("nsu=urn:nowhere;s=Level", "integer", new Value.Int(1));
    assertRejected("i=2258", "integer", new Value.Int(1));
    assertThat(server.namespace("urn:lamp").get("Int16")).isEqualTo((short) -300);
  }

  @Test
  void aRestartThatShufflesTheNamespacesChangesNoValue() throws Exception {
    Point level = Pole.point(driver, "s=Level", "integer");
    server.namespace("urn:other").set("Level", MiloServer.oneOf(9));
    assertThat(driver.read(List.of(level))).containsExactly(Sample.good(Pole.fifty()));
    server.close();
    server = new MiloServer(port, identity, List.of("urn:lamp", "urn:other"));
    server.namespace("urn:other").set("Level", MiloServer.oneOf(9));
    Await.until("the server again", this::reads);
    assertThat(driver.read(List.of(level))).containsExactly(Sample.good(Pole.fifty()));
    driver.write(level, new Value.Int(51));
    assertThat(server.namespace("urn:other").get("Level")).isEqualTo(MiloServer.oneOf(9));
  }

  @Test
  void aSessionThatTheServerForgotIsReplacedByOne() throws Exception {
    server.forgetSessions();
    Await.until("the server again", this::reads);
    assertThat(server.sessions()).isEqualTo(1);
  }

  @Test
  void closeEndsTheSessionAtTheServer() {
    assertThat(server.sessions()).isEqualTo(1);
    driver.close();
    Await.until("no session", () -> server.sessions() == 0);
  }

  @Test
  void aPersonFindsTheNodesAndTheirTypes() throws Exception {
    Browse.Node lamp =
        driver.children("").stream()
            .filter(node -> node.id().equals("nsu=urn:lamp;s=Lamp"))
            .findFirst()
            .orElseThrow();
    assertThat(lamp).isEqualTo(new Browse.Node("nsu=urn:lamp;s=Lamp", "Lamp", Settings.NONE, true));
    assertThat(driver.children(lamp.id()))
        .contains(node("On", "bool"), node("Level", "integer"), node("Duration", "real"))
        .contains(node("Title", "text"), node("Raw", "bytes"), node("Any", "integer"));
    assertThat(driver.children(lamp.id())) // more than the server puts into one answer
        .filteredOn(child -> child.name().startsWith("Folder"))
        .hasSize(LampNamespace.FOLDERS)
        .doesNotHaveDuplicates();
    assertThatThrownBy(() -> driver.children("nsu=urn:lamp;s=Nowhere"))
        .isInstanceOf(WriteRejectedException.class);
    assertThatThrownBy(() -> driver.children("nonsense"))
        .isInstanceOf(WriteRejectedException.class);
  }

  private boolean reads() throws Exception {
    try {
      driver.open();
      return Pole.level(driver) instanceof Sample.Good;
    } catch (EndpointDownException e) {
      return false;
    }
  }

  private static Browse.Node node(String name, String type) {
    String address = "nsu=urn:lamp;s=" + name;
    return new Browse.Node(
        address, name, new Settings(Map.of("address", address, "type", type)), true);
  }

  private Sample read(String address, String type) throws Exception {
    return driver.read(List.of(Pole.point(driver, address, type))).get(0);
  }

  private void assertRejected(String address, String type, Value value) throws Exception {
    Point point = Pole.point(driver, address, type);
    assertThatThrownBy(() -> driver.write(point, value))
        .as("%s to %s", value, address)
        .isInstanceOf(WriteRejectedException.class);
  }
}
