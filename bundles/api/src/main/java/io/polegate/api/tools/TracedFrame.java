package io.polegate.api.tools;

import io.polegate.api.data.Bytes;
import io.polegate.api.data.SampleTime;
import io.polegate.api.driver.FrameTrace;

/**
 * One frame of a trace.
 *
 * @param time when it was seen
 * @param device id of the device that was served, empty if none
 * @param kind what it was
 * @param frame its bytes
 */
public record TracedFrame(SampleTime time, String device, FrameTrace.Kind kind, Bytes frame) {}
