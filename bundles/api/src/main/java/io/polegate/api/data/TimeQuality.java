package io.polegate.api.data;

/** How far the wall-clock part of a {@link SampleTime} can be trusted. */
public enum TimeQuality {
  /** The clock was trusted when the sample was taken. */
  TRUSTED,
  /** The clock was not trusted then; the stamp was put right when time was learnt. */
  CORRECTED,
  /** The clock was not (yet) trusted: order is right, the date may be wrong. */
  UNTRUSTED
}
