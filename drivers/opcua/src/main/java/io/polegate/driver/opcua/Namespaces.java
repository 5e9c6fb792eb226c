package io.polegate.driver.opcua;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;

/**
 * The names that a server gave to its namespaces in this session; their order may differ in the
 * next. Pure.
 *
 * @param uris by index
 */
record Namespaces(List<String> uris) {

  /** The node as the server numbers it now; empty if it has no such namespace. */
  Optional<NodeId> node(NodeAddress address) {
    int index = address.uri().map(uris::indexOf).orElseGet(() -> address.index().orElse(0));
    return index < 0 ? Optional.empty() : Optional.of(node(index, address));
  }

  /** An address that holds in other sessions too. */
  NodeAddress address(NodeId node) {
    int index = node.getNamespaceIndex().intValue();
    boolean named = index > 0 && index < uris.size() && !uris.get(index).isBlank();
    NodeAddress.Kind kind =
        switch (node.getType()) {
          case Numeric -> NodeAddress.Kind.NUMBER;
          case String -> NodeAddress.Kind.TEXT;
          case Guid -> NodeAddress.Kind.GUID;
          case Opaque -> NodeAddress.Kind.OPAQUE;
        };
    return new NodeAddress(
        named ? Optional.of(uris.get(index)) : Optional.empty(),
        named ? Optional.empty() : Optional.of(index),
        kind,
        identifier(node.getIdentifier()));
  }

  private static NodeId node(int index, NodeAddress address) {
    String identifier = address.identifier();
    return switch (address.kind()) {
      case NUMBER -> new NodeId(index, UInteger.valueOf(identifier));
      case TEXT -> new NodeId(index, identifier);
      case GUID -> new NodeId(index, UUID.fromString(identifier));
      case OPAQUE -> new NodeId(index, ByteString.of(Base64.getDecoder().decode(identifier)));
    };
  }

  private static String identifier(Object identifier) {
    return identifier instanceof ByteString bytes
        ? Base64.getEncoder().encodeToString(bytes.bytesOrEmpty())
        : identifier.toString();
  }
}
