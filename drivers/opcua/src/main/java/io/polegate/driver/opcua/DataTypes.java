package io.polegate.driver.opcua;

import io.polegate.api.driver.DriverException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;

/**
 * Which of the 25 built-in types the values of a variable have. Types do not change while a session
 * lasts, so each is asked for once. Belongs to the thread of the bus.
 */
final class DataTypes {
  /** Longest way up the tree of types; a server could send us in circles. */
  private static final int HIGHEST = 16;

  private final Session session;
  private final Map<NodeId, Optional<OpcUaDataType>> ofType = new HashMap<>();
  private final Map<NodeId, Optional<OpcUaDataType>> ofVariable = new HashMap<>();

  DataTypes(Session session) {
    this.session = session;
  }

  /** The type of a variable, if the server says it. */
  Optional<OpcUaDataType> ofVariable(NodeId variable) throws DriverException, RefusedException {
    Optional<OpcUaDataType> known = ofVariable.get(variable);
    if (known != null) {
      return known;
    }
    Object declared = session.read(List.of(variable), AttributeId.DataType)[0].value().value();
    Optional<OpcUaDataType> type =
        declared instanceof NodeId dataType ? builtIn(dataType) : Optional.empty();
    if (type.isEmpty()) {
      // an abstract type such as Number: take what is there
      Variant present = session.read(List.of(variable), AttributeId.Value)[0].value();
      type = Optional.ofNullable(present.value()).map(Object::getClass).map(DataTypes::backed);
    }
    if (type.isPresent()) {
      ofVariable.put(variable, type);
    }
    return type;
  }

  /** The built-in type at the root of a type; empty for abstract ones. */
  Optional<OpcUaDataType> builtIn(NodeId dataType) throws DriverException, RefusedException {
    Optional<OpcUaDataType> known = ofType.get(dataType);
    if (known != null) {
      return known;
    }
    Optional<NodeId> at = Optional.of(dataType);
    Optional<OpcUaDataType> found = Optional.empty();
    for (int i = 0; i < HIGHEST && found.isEmpty() && at.isPresent(); i++) {
      found = direct(at.get());
      at = found.isPresent() ? at : parent(at.get());
    }
    ofType.put(dataType, found);
    return found;
  }

  private static Optional<OpcUaDataType> direct(NodeId dataType) {
    if (dataType.equals(NodeIds.Enumeration)) {
      return Optional.of(OpcUaDataType.Int32);
    }
    return OpcUaDataType.isBuiltin(dataType) && !dataType.equals(NodeIds.BaseDataType)
        ? Optional.ofNullable(OpcUaDataType.fromNodeId(dataType))
        : Optional.empty();
  }

  private static OpcUaDataType backed(Class<?> type) {
    return OpcUaDataType.fromBackingClass(type);
  }

  private Optional<NodeId> parent(NodeId dataType) throws DriverException, RefusedException {
    for (ReferenceDescription reference :
        References.of(session, dataType, BrowseDirection.Inverse, NodeIds.HasSubtype)) {
      return References.local(session, reference.getNodeId());
    }
    return Optional.empty();
  }
}
