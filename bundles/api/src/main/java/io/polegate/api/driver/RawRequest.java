package io.polegate.api.driver;

import io.polegate.api.data.Bytes;
import io.polegate.api.settings.Settings;

/**
 * Optional capability of a {@link Driver}: sends what a technician typed. It may change things in
 * the device; who may use it is for the caller to decide.
 */
public interface RawRequest {

  /**
   * Sends one request and waits for its answer. Thread rule of {@link Driver#read}.
   *
   * @param device settings as declared by {@link DriverFactory#deviceSettings()}
   * @param request without address and checksum, which the driver adds; its README says what is
   *     expected here
   * @return the answer in the same form; an error of the device is an answer like any other
   * @throws DeviceSilentException if none came
   * @throws EndpointDownException if the endpoint is gone
   * @throws WriteRejectedException if these bytes cannot be sent; nothing was
   */
  Bytes exchange(Settings device, Bytes request) throws DriverException;
}
