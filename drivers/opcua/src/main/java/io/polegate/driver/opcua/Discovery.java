package io.polegate.driver.opcua;

import io.polegate.api.driver.EndpointDownException;
import io.polegate.driver.opcua.OpcUaBus.User;
import io.polegate.driver.opcua.OpcUaSettings.Security;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.stack.core.Stack;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.eclipse.milo.opcua.stack.core.util.EndpointUtil;

/** Chooses among what a server offers. Its offer is unauthenticated, so nothing weaker is taken. */
final class Discovery {
  private final OpcUaBus bus;

  Discovery(OpcUaBus bus) {
    this.bus = bus;
  }

  /** The endpoint that has the wanted security, at the address that was configured. */
  EndpointDescription choose(List<EndpointDescription> offers) throws EndpointDownException {
    Optional<EndpointDescription> chosen =
        offers.stream()
            .filter(o -> Stack.TCP_UASC_UABINARY_TRANSPORT_URI.equals(o.getTransportProfileUri()))
            .filter(o -> policy().getUri().equals(o.getSecurityPolicyUri()))
            .filter(o -> o.getSecurityMode() == mode())
            .findFirst();
    return EndpointUtil.updateUrl(
        chosen.orElseThrow(
            () ->
                new EndpointDownException(
                    "server \"%s\" does not offer the security that is set; it offers %s"
                        .formatted(bus.url().text(), shown(offers)))),
        bus.url().host(),
        bus.url().port());
  }

  /** The policy by which the user is to be proved. */
  UserTokenPolicy userPolicy(EndpointDescription endpoint) throws EndpointDownException {
    UserTokenPolicy[] policies = endpoint.getUserIdentityTokens();
    return Stream.of(policies == null ? new UserTokenPolicy[0] : policies)
        .filter(policy -> policy.getTokenType() == tokenType())
        .filter(policy -> keepsSecret(policy, endpoint))
        .findFirst()
        .orElseThrow(
            () ->
                new EndpointDownException(
                    "server \"%s\" takes no user of this kind here, or only in clear text"
                        .formatted(bus.url().text())));
  }

  /** A password is sent encrypted for the server, or in a channel that is encrypted. */
  private boolean keepsSecret(UserTokenPolicy policy, EndpointDescription endpoint) {
    String uri = policy.getSecurityPolicyUri();
    String effective = uri == null || uri.isEmpty() ? endpoint.getSecurityPolicyUri() : uri;
    boolean encrypted = SecurityPolicy.Basic256Sha256.getUri().equals(effective);
    boolean inEncryptedChannel =
        bus.security() == Security.SIGN_AND_ENCRYPT
            && SecurityPolicy.None.getUri().equals(effective);
    return bus.user() instanceof User.Anonymous || encrypted || inEncryptedChannel;
  }

  private UserTokenType tokenType() {
    if (bus.user() instanceof User.Named) {
      return UserTokenType.UserName;
    }
    return bus.user() instanceof User.Certified
        ? UserTokenType.Certificate
        : UserTokenType.Anonymous;
  }

  private SecurityPolicy policy() {
    return bus.security() == Security.NONE ? SecurityPolicy.None : SecurityPolicy.Basic256Sha256;
  }

  private MessageSecurityMode mode() {
    return switch (bus.security()) {
      case NONE -> MessageSecurityMode.None;
      case SIGN -> MessageSecurityMode.Sign;
      case SIGN_AND_ENCRYPT -> MessageSecurityMode.SignAndEncrypt;
    };
  }

  private static String shown(List<EndpointDescription> offers) {
    return offers.stream()
        .map(
            offer -> {
              String uri = String.valueOf(offer.getSecurityPolicyUri());
              return uri.substring(uri.indexOf('#') + 1) + "-" + offer.getSecurityMode();
            })
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
