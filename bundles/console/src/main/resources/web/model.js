// What the page knows of the gateway. Ages are turned into moments of this page's own monotonic
// clock, so that they count on between messages and survive a wrong wall clock. Pure functions.

const moment = (age, now) => (age === null || age === undefined ? null : now - age);

function reading(point, now) {
  return { ...point, at: moment(point.ageMillis, now) };
}

function head(device, now) {
  return { ...device, goodAt: moment(device.lastGoodAgeMillis, now) };
}

function status(raw, now) {
  return {
    ...raw,
    startedAt: now - raw.uptimeMillis,
    uplinks: raw.uplinks.map((uplink) => ({
      ...uplink,
      acknowledgedAt: moment(uplink.lastAcknowledgedAgeMillis, now),
    })),
  };
}

/** The state after a message with everything. */
export function fromSnapshot(message, now) {
  return {
    status: status(message.status, now),
    devices: message.devices.map((device) => ({
      ...head(device, now),
      points: device.points.map((point) => reading(point, now)),
    })),
  };
}

const SPEC = ['id', 'names', 'unit', 'access', 'min', 'max'];

function mergePoint(point, change, now) {
  const spec = Object.fromEntries(SPEC.filter((k) => k in point).map((k) => [k, point[k]]));
  return { ...spec, ...reading(change, now) };
}

function mergeDevice(device, change, now) {
  const points = new Map(change.points.map((point) => [point.id, point]));
  return {
    ...device,
    ...head(change, now),
    points: device.points.map((point) =>
      points.has(point.id) ? mergePoint(point, points.get(point.id), now) : point),
  };
}

/** The state after a message with what changed. */
export function afterChange(state, message, now) {
  const changes = new Map(message.devices.map((device) => [device.id, device]));
  return {
    status: message.status ? status(message.status, now) : state.status,
    devices: state.devices.map((device) =>
      changes.has(device.id) ? mergeDevice(device, changes.get(device.id), now) : device),
  };
}
