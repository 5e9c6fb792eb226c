package io.polegate.driver.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.polegate.testkit.Await;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Period;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfigLimits;
import org.eclipse.milo.opcua.sdk.server.identity.AnonymousIdentityValidator;
import org.eclipse.milo.opcua.sdk.server.identity.CompositeValidator;
import org.eclipse.milo.opcua.sdk.server.identity.UsernameIdentityValidator;
import org.eclipse.milo.opcua.sdk.server.identity.X509IdentityValidator;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.security.CertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.DefaultApplicationGroup;
import org.eclipse.milo.opcua.stack.core.security.DefaultCertificateManager;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateStore;
import org.eclipse.milo.opcua.stack.core.security.MemoryTrustListManager;
import org.eclipse.milo.opcua.stack.core.security.RsaSha256CertificateFactory;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.transport.TransportProfile;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateBuilder;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateGenerator;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransport;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransportConfig;

/** A Milo server on loopback with every security of ours, from construction to {@link #close}. */
final class MiloServer implements AutoCloseable {
  static final String USER = "pole";
  static final String PASSWORD = "secret";
  static final int MOST_PER_READ = 7;

  private static final String URI = "urn:test:server";

  private final ExecutorService work =
      Executors.newCachedThreadPool(new DefaultThreadFactory("simulated-work", true));
  private final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(2, new DefaultThreadFactory("simulated-timer", true));
  private final NioEventLoopGroup loop =
      new NioEventLoopGroup(1, new DefaultThreadFactory("simulated-io", true));
  private final OpcUaServer server;
  private final List<LampNamespace> namespaces = new ArrayList<>();

  /** A certificate of the server and its key. */
  record Identity(KeyPair keys, X509Certificate certificate) {

    /** One that names a host. */
    static Identity of(String host, Period validity) throws Exception {
      KeyPair keys = SelfSignedCertificateGenerator.generateRsaKeyPair(2048);
      return new Identity(
          keys,
          new SelfSignedCertificateBuilder(keys)
              .setCommonName("test server")
              .setOrganization("test")
              .setApplicationUri(URI)
              .setValidityPeriod(validity)
              .addIpAddress(host)
              .build());
    }
  }

  /**
   * Starts it.
   *
   * @param uris its namespaces; each has the nodes of a lamp
   */
  MiloServer(int port, Identity identity, List<String> uris) throws Exception {
    server =
        new OpcUaServer(
            OpcUaServerConfig.builder()
                .setApplicationUri(URI)
                .setProductUri(URI)
                .setApplicationName(LocalizedText.english("test"))
                .setCertificateManager(certificates(identity))
                .setIdentityValidator(users())
                .setEndpoints(endpoints(port, identity.certificate()))
                .setLimits(new Limits())
                .setExecutor(work)
                .setScheduledExecutor(timer)
                .build(),
            profile -> {
              if (profile != TransportProfile.TCP_UASC_UABINARY) {
                throw new IllegalArgumentException("no " + profile);
              }
              return new OpcTcpServerTransport(
                  OpcTcpServerTransportConfig.newBuilder()
                      .setExecutor(work)
                      .setEventLoop(loop)
                      .build());
            });
    for (String uri : uris) {
      LampNamespace namespace = new LampNamespace(server, uri);
      namespace.startup();
      namespaces.add(namespace);
    }
    server.startup().get(20, TimeUnit.SECONDS);
  }

  /** The namespace with this name. */
  LampNamespace namespace(String uri) {
    return namespaces.stream()
        .filter(namespace -> namespace.getNamespaceUri().equals(uri))
        .findFirst()
        .orElseThrow();
  }

  /** How many sessions clients have here. */
  int sessions() {
    return server.getSessionManager().getAllSessions().size();
  }

  /** How many subscriptions clients have here. */
  int subscriptions() {
    return server.getSubscriptions().size();
  }

  /** Forgets all sessions and what belongs to them, as if they had timed out. */
  void forgetSessions() {
    server
        .getSessionManager()
        .getAllSessions()
        .forEach(session -> server.getSessionManager().killSession(session.getSessionId(), true));
  }

  /** Forgets all sessions and keeps their subscriptions; returns when a client has another. */
  void forgetSessionsOnly() {
    List<String> before = sessionIds();
    server
        .getSessionManager()
        .getAllSessions()
        .forEach(session -> server.getSessionManager().killSession(session.getSessionId(), false));
    Await.until("another session", () -> sessionIds().size() == 1 && !sessionIds().equals(before));
  }

  /** The sessions, by what the server calls them. */
  List<String> sessionIds() {
    return server.getSessionManager().getAllSessions().stream()
        .map(session -> session.getSessionId().toParseableString())
        .toList();
  }

  /** Keeps its limit to itself. */
  void hideLimit() {
    ((UaVariableNode)
            server
                .getAddressSpaceManager()
                .getManagedNode(NodeIds.Server_ServerCapabilities_OperationLimits_MaxNodesPerRead)
                .orElseThrow())
        .setValue(new DataValue(new Variant(uint(0))));
  }

  @Override
  public void close() {
    namespaces.forEach(LampNamespace::release);
    server.shutdown().orTimeout(20, TimeUnit.SECONDS).join();
    loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    work.shutdownNow();
    timer.shutdownNow();
  }

  private static DefaultCertificateManager certificates(Identity identity) throws Exception {
    DefaultApplicationGroup group =
        DefaultApplicationGroup.createAndInitialize(
            new MemoryTrustListManager(),
            new MemoryCertificateStore(),
            new RsaSha256CertificateFactory() {
              @Override
              protected KeyPair createRsaSha256KeyPair() {
                return identity.keys();
              }

              @Override
              protected X509Certificate[] createRsaSha256CertificateChain(KeyPair keys) {
                return new X509Certificate[] {identity.certificate()};
              }
            },
            new CertificateValidator.InsecureCertificateValidator());
    return new DefaultCertificateManager(new MemoryCertificateQuarantine(), group);
  }

  private static CompositeValidator users() {
    return new CompositeValidator(
        AnonymousIdentityValidator.INSTANCE,
        new UsernameIdentityValidator(
            challenge ->
                USER.equals(challenge.getUsername()) && PASSWORD.equals(challenge.getPassword())),
        new X509IdentityValidator(
            certificate -> certificate.getSubjectX500Principal().getName().contains("Polegate")));
  }

  private static Set<EndpointConfig> endpoints(int port, X509Certificate certificate) {
    EndpointConfig.Builder builder =
        EndpointConfig.newBuilder()
            .setBindAddress("127.0.0.1")
            .setHostname("127.0.0.1")
            .setBindPort(port)
            .setCertificate(certificate)
            .addTokenPolicies(
                policy("anonymous", UserTokenType.Anonymous, SecurityPolicy.None),
                policy("name", UserTokenType.UserName, SecurityPolicy.Basic256Sha256),
                policy("certificate", UserTokenType.Certificate, SecurityPolicy.Basic256Sha256));
    Set<EndpointConfig> endpoints = new HashSet<>();
    endpoints.add(builder.copy().build());
    for (MessageSecurityMode mode :
        List.of(MessageSecurityMode.Sign, MessageSecurityMode.SignAndEncrypt)) {
      endpoints.add(
          builder
              .copy()
              .setSecurityPolicy(SecurityPolicy.Basic256Sha256)
              .setSecurityMode(mode)
              .build());
    }
    return endpoints;
  }

  private static UserTokenPolicy policy(String id, UserTokenType type, SecurityPolicy security) {
    return new UserTokenPolicy(id, type, null, null, security.getUri());
  }

  /** So small that a test goes beyond them. */
  private static final class Limits implements OpcUaServerConfigLimits {
    @Override
    public UInteger getMaxNodesPerRead() {
      return uint(MOST_PER_READ);
    }

    @Override
    public Double getMinSupportedSampleRate() {
      return 10.0;
    }

    @Override
    public Double getMinPublishingInterval() {
      return 10.0;
    }
  }

  /** The server's own kind of small number. */
  static Object oneOf(int value) {
    return ubyte(value);
  }
}
