package io.polegate.cloud;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.jspecify.annotations.Nullable;

/** Says in words, with the remedy, why there is no session. Never with the password. */
final class BrokerErrors {
  private BrokerErrors() {}

  static String words(MqttException e, URI url) {
    String broker = "\"" + url + "\"";
    return switch (e.getReasonCode()) {
      case MqttException.REASON_CODE_FAILED_AUTHENTICATION ->
          broker + " refused the username or password: correct them in the document";
      case MqttException.REASON_CODE_NOT_AUTHORIZED ->
          broker + " does not let this client in: check username, password and client-id there";
      case MqttException.REASON_CODE_INVALID_CLIENT_ID ->
          broker + " refused the client id: write another client-id";
      case MqttException.REASON_CODE_INVALID_PROTOCOL_VERSION ->
          broker + " does not speak MQTT 3.1.1";
      case MqttException.REASON_CODE_BROKER_UNAVAILABLE -> broker + " is not available now";
      case MqttException.REASON_CODE_CLIENT_TIMEOUT -> broker + " did not answer in time";
      case MqttException.REASON_CODE_CONNECTION_LOST,
          MqttException.REASON_CODE_CLIENT_DISCONNECTING,
          MqttException.REASON_CODE_CLIENT_NOT_CONNECTED ->
          "the connection to the broker broke";
      default -> broker + " cannot be reached: " + network(e.getCause()) + code(e);
    };
  }

  private static String network(@Nullable Throwable cause) {
    if (cause instanceof UnknownHostException) {
      return "no address is known for the host; check the name and DNS";
    }
    if (cause instanceof NoRouteToHostException) {
      return "no route to the host; check the network";
    }
    if (cause instanceof SocketTimeoutException) {
      return "no answer; check the address and firewalls";
    }
    if (cause instanceof ConnectException) {
      return "nothing listens there; check the port and the broker";
    }
    if (cause instanceof SSLException) {
      return "TLS was not agreed on; check the port, the clock and the broker's certificate";
    }
    return "the connection failed";
  }

  private static String code(MqttException e) {
    return " (MQTT " + e.getReasonCode() + ")";
  }
}
