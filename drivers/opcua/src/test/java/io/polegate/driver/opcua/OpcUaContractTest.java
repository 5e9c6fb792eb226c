package io.polegate.driver.opcua;

import io.polegate.api.data.Bytes;
import io.polegate.api.data.Value;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.settings.Settings;
import io.polegate.testkit.EndpointContract;
import io.polegate.testkit.Ports;
import java.time.Duration;
import java.time.Period;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** The contract of drivers, against Milo's server. */
class OpcUaContractTest extends EndpointContract {
  private static final List<String> NAMESPACES = List.of("urn:lamp", LampNamespace.SILENT);
  private static MiloServer.Identity identity;
  private int port;
  private MiloServer server;

  @BeforeAll
  static void makeCertificate() throws Exception {
    identity = MiloServer.Identity.of("127.0.0.1", Period.ofYears(1));
  }

  @BeforeEach
  void start() throws Exception {
    port = Ports.free();
    server = new MiloServer(port, identity, NAMESPACES);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Override
  protected DriverFactory factory() {
    return new OpcUa(Optional.empty());
  }

  @Override
  protected Settings bus(Duration timeout) {
    return new Settings(
        Map.of("endpoint", "opc.tcp://127.0.0.1:" + port, "timeout", timeout.toMillis() + "ms"));
  }

  @Override
  protected Settings device() {
    return new Settings(Map.of("namespace", "urn:lamp"));
  }

  @Override
  protected Settings silentDevice() {
    return new Settings(Map.of("namespace", LampNamespace.SILENT));
  }

  @Override
  protected Map<Settings, Value> readable() {
    Map<Settings, Value> readable = new LinkedHashMap<>();
    readable.put(point("s=On", "bool"), new Value.Bool(true));
    readable.put(point("s=SByte", "integer"), new Value.Int(-5));
    readable.put(point("s=Level", "integer"), new Value.Int(50));
    readable.put(point("s=Int16", "integer"), new Value.Int(-300));
    readable.put(point("s=UInt16", "integer"), new Value.Int(65_000));
    readable.put(point("nsu=urn:lamp;s=Int32", "integer"), new Value.Int(-70_000));
    readable.put(point("s=UInt32", "integer"), new Value.Int(4_000_000_000L));
    readable.put(point("s=Int64", "integer"), new Value.Int(Long.MIN_VALUE));
    readable.put(point("s=UInt64", "integer"), new Value.Int(Long.MAX_VALUE));
    readable.put(point("s=Float", "real"), new Value.Real(1.5));
    readable.put(point("s=Double", "real"), new Value.Real(0.1));
    readable.put(point("s=Name", "text"), new Value.Text("路灯 7"));
    readable.put(point("s=Title", "text"), new Value.Text("lamp"));
    readable.put(point("s=Raw", "bytes"), Bytes.ofHex("0102"));
    return readable;
  }

  @Override
  protected Settings refused() {
    return point("s=Nowhere", "real");
  }

  @Override
  protected Map<String, Settings> wrong() {
    return Map.of(
        "address", point("Lamp1", "real"),
        "type", point("s=Level", "float"),
        "deadband", with(point("s=Name", "text"), "deadband", "1"),
        "queue", with(point("s=Level", "real"), "queue", "0"),
        "sampling", with(point("s=Level", "real"), "sampling", "fast"));
  }

  @Override
  protected Settings writable() {
    return point("s=Level", "integer");
  }

  @Override
  protected List<Value> fitting() {
    return List.of(new Value.Int(7), new Value.Int(255));
  }

  @Override
  protected List<Value> tooLarge() {
    return List.of(new Value.Int(256), new Value.Int(-1), new Value.Int(Long.MAX_VALUE));
  }

  @Override
  protected Value wrongType() {
    return new Value.Bool(true);
  }

  @Override
  protected void breakEndpoint() throws Exception {
    server.close();
  }

  @Override
  protected void repairEndpoint() throws Exception {
    server = new MiloServer(port, identity, NAMESPACES);
  }

  @Override
  protected int requestsToTheSilentDevice() {
    return server.namespace(LampNamespace.SILENT).reads();
  }

  private static Settings point(String address, String type) {
    return new Settings(Map.of("address", address, "type", type));
  }

  private static Settings with(Settings settings, String key, String value) {
    Map<String, String> texts = new LinkedHashMap<>(settings.texts());
    texts.put(key, value);
    return new Settings(texts);
  }
}
