package io.polegate.driver.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.polegate.api.driver.Endpoint;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be written in a document. */
class OpcUaSettingsTest {
  private static final Namespaces NAMESPACES =
      new Namespaces(List.of("http://opcfoundation.org/UA/", "urn:me", "http://a;b/%"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "i=2258",
        "nsu=urn:me;s=Lamp1.Level",
        "nsu=urn:me;s=a;b=c",
        "nsu=http://a%3Bb/%25;i=4294967295",
        "nsu=urn:me;g=09087e75-8e5e-499b-954f-f2a9603db28a",
        "nsu=urn:me;b=M/RbKBsRVkePCePcx24oRA=="
      })
  void anAddressComesBackFromTheServerAsItWasWritten(String text) {
    NodeId node = NAMESPACES.node(NodeAddress.parse(text)).orElseThrow();
    assertThat(NAMESPACES.address(node).toString()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Lamp",
        "s=",
        "s= ",
        "x=1",
        "i=-1",
        "i=4294967296",
        "i=one",
        "g=1-1-1-1-1",
        "b=*",
        "ns=;i=1",
        "ns=65536;i=1",
        "ns=-1;i=1",
        "ns=2",
        "nsu=;i=1",
        "nsu=urn:me"
      })
  void whatIsNoAddressIsRefused(String text) {
    assertThatThrownBy(() -> OpcUaSettings.ADDRESS.parse(text))
        .isInstanceOf(InvalidSettingException.class);
  }

  @Test
  void anIndexMayBeWrittenAndTheDeviceHasADefault() {
    assertThat(NAMESPACES.node(NodeAddress.parse("ns=1;i=5"))).contains(new NodeId(1, 5));
    NodeAddress bare = NodeAddress.parse("i=5").in(Optional.of("urn:me"));
    assertThat(NAMESPACES.node(bare)).contains(new NodeId(1, 5));
    NodeAddress named = NodeAddress.parse("ns=0;i=5").in(Optional.of("urn:me"));
    assertThat(NAMESPACES.node(named)).contains(new NodeId(0, 5));
    assertThat(NAMESPACES.node(NodeAddress.parse("nsu=urn:you;i=5"))).isEmpty();
  }

  @Test
  void aDeadbandIsAbsoluteOrInPercent() throws Exception {
    assertThat(OpcUaSettings.DEADBAND.parse("0.5")).isEqualTo(new Deadband(0.5, false));
    assertThat(OpcUaSettings.DEADBAND.parse("2 %")).isEqualTo(new Deadband(2, true));
    for (String wrong : new String[] {"-1", "101%", "NaN", "%", "wide"}) {
      assertThatThrownBy(() -> OpcUaSettings.DEADBAND.parse(wrong))
          .isInstanceOf(InvalidSettingException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://a:1", "opc.tcp://", "opc.tcp://a:0", "opc.tcp://u@a:1", "opc.tcp://a b"})
  void whatIsNoUrlIsRefused(String text) {
    assertThatThrownBy(() -> OpcUaSettings.ENDPOINT.parse(text))
        .isInstanceOf(InvalidSettingException.class);
  }

  @Test
  void anEndpointIsNotShared() throws Exception {
    assertThat(new OpcUa(Optional.empty()).endpoint(bus()))
        .contains(new Endpoint("opcua opc.tcp://192.0.2.11:4840", false));
  }

  @Test
  void aUserIsWhole() {
    assertWrong("password", "username", "pole");
    assertWrong("username", "password", "secret");
    assertWrong("user-key", "user-certificate", "/etc/user.pem");
    assertWrong(
        "username",
        "username",
        "pole",
        "password",
        "secret",
        "user-certificate",
        "c.pem",
        "user-key",
        "k.pem");
  }

  private static void assertWrong(String key, String... more) {
    assertThatThrownBy(() -> new OpcUa(Optional.empty()).create(bus(more)))
        .isInstanceOfSatisfying(
            InvalidSettingException.class, e -> assertThat(e.key()).isEqualTo(key));
  }

  private static Settings bus(String... more) {
    Map<String, String> texts = new HashMap<>();
    texts.put("endpoint", "opc.tcp://192.0.2.11:4840");
    for (int i = 0; i < more.length; i += 2) {
      texts.put(more[i], more[i + 1]);
    }
    return new Settings(texts);
  }
}
