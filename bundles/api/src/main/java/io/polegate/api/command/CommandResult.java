package io.polegate.api.command;

import io.polegate.api.data.SampleTime;
import io.polegate.api.data.Value;
import java.util.Optional;

/**
 * The answer to a command.
 *
 * @param id of the command
 * @param status how it ended
 * @param value what the point shows afterwards, in its unit, where it was read back
 * @param message one line for a person, empty when done
 * @param time when it ended
 */
public record CommandResult(
    String id, CommandStatus status, Optional<Value> value, String message, SampleTime time) {}
