// The page as a function of its state.
import { h } from './lib/preact.module.js';
import { WriteControl } from './control.js';
import { ageText, bytesText, numberText, spanText, unitText, valueText } from './format.js';
import { has, hasName, nameOf } from './i18n.js';

const SIGN = { good: '●', warn: '▲', bad: '✕', idle: '○' };

/** State in shape, colour and word. */
function Badge({ tone, children }) {
  return h('span', { class: `badge ${tone}` },
    h('span', { class: 'sign', 'aria-hidden': 'true' }, SIGN[tone]), children);
}

function Header({ data, lang, link, lastMessageAt, now, t, switchLanguage }) {
  const pole = data && data.status.pole;
  const tone = { live: 'good', lost: 'bad', connecting: 'idle' }[link];
  return h('header', { class: 'top' },
    h('img', { src: 'favicon.svg', alt: '', width: 40, height: 40 }),
    h('div', { class: 'who' },
      h('h1', null, pole ? nameOf(pole, lang) : t('page.title')),
      pole ? h('p', { class: 'id' }, pole.id) : null),
    h('button', { type: 'button', class: 'language', onClick: switchLanguage,
      'aria-label': t('page.languageLabel') }, t('page.language')),
    h('p', { class: 'link' },
      h('span', { role: 'status', id: 'link', 'data-link': link },
        h(Badge, { tone }, t('link.' + link))),
      lastMessageAt === null ? null : h('span', { class: 'quiet' },
        t('link.lastMessage', { age: ageText(now - lastMessageAt, t) }))));
}

function Tile({ label, value, note, tone, children }) {
  return h('div', { class: `tile ${tone}` },
    h('span', { class: 'label' }, label),
    h('strong', null, value), children,
    h('span', { class: 'quiet' }, note));
}

function Summary({ data: { status, devices }, lang, t }) {
  const online = devices.filter((device) => device.state === 'online').length;
  const up = status.uplinks.filter((uplink) => uplink.connected).length;
  const all = status.uplinks.length;
  const waiting = Object.values(status.journal.pending).reduce((a, b) => a + b, 0);
  const { usedBytes, limitBytes, message } = status.journal;
  const platform = all === 0 ? 'summary.none'
    : up === all ? 'summary.connected' : up === 0 ? 'summary.disconnected' : 'summary.partly';
  return h('section', { class: 'summary', 'aria-label': t('summary.label') },
    h(Tile, { label: t('summary.devices'), value: `${online} / ${devices.length}`,
      note: online === devices.length ? t('summary.allOnline')
        : t('summary.someSilent', { count: devices.length - online }),
      tone: online === devices.length ? 'good' : online === 0 ? 'bad' : 'warn' }),
    h(Tile, { label: t('summary.uplink'), value: t(platform, { up, all }),
      note: waiting > 0 ? t('summary.waiting', { count: numberText(waiting, lang) })
        : all > 0 ? t('summary.allSent') : '',
      tone: all === 0 ? 'idle' : up === all ? 'good' : 'warn' }),
    h(Tile, { label: t('summary.journal'), value: bytesText(usedBytes, lang),
      note: t('summary.of', { limit: bytesText(limitBytes, lang) }), tone: message ? 'bad' : 'good' },
      h('progress', { max: limitBytes, value: usedBytes, 'aria-label': t('summary.journal') })));
}

function Reading({ point, lang, t }) {
  if (point.quality === 'good') {
    const wordy = typeof point.value === 'string' || typeof point.value === 'object';
    // what can be switched is on or off; what is only read is true or not
    const sensed = typeof point.value === 'boolean' && point.access === 'read';
    return h('span', { class: `value ${wordy ? 'text' : ''}` },
      sensed ? t(point.value ? 'value.yes' : 'value.no') : valueText(point.value, lang, t),
      point.unit && typeof point.value === 'number'
        ? h('span', { class: 'unit' }, unitText(point.unit)) : null);
  }
  if (point.quality === 'bad') {
    const key = 'bad.' + point.bad;
    return h('span', { class: 'fault', title: point.detail },
      h(Badge, { tone: 'warn' }, has(key) ? t(key) : t('bad.unlisted', { reason: point.bad })));
  }
  return h('span', { class: 'quiet' },
    t(point.access === 'write' ? 'point.writeOnly' : 'point.noReading'));
}

function Point({ device, point, lang, t, now }) {
  const writable = point.access !== 'read';
  const notes = [
    point.at !== null && point.at !== undefined ? t('point.age', { age: ageText(now - point.at, t) }) : '',
    point.timeTrusted === false ? t('point.untrusted') : '',
  ].filter(Boolean);
  // the card says it once for a device that does not answer
  const detail = point.quality === 'bad' && device.state !== 'offline' ? point.detail : '';
  return h('li', { class: 'point', 'data-point': point.id },
    h('div', { class: 'row' },
      h('div', { class: 'what' },
        h('span', { class: 'name' }, nameOf(point, lang)),
        notes.length ? h('p', { class: 'quiet age' }, notes.join(' · ')) : null),
      h(Reading, { point, lang, t })),
    detail ? h('p', { class: 'trouble' }, detail) : null,
    writable ? h(WriteControl, { device, point, lang, t }) : null);
}

function Device({ device, lang, t, now }) {
  const tone = { online: 'good', offline: 'bad', unknown: 'idle' }[device.state];
  const heard = device.goodAt === null ? t('device.never')
    : t('device.answered', { age: ageText(now - device.goodAt, t) });
  return h('article', { class: `card ${tone}`, 'data-device': device.id },
    h('div', { class: 'head' },
      h('h3', null, nameOf(device, lang)),
      h(Badge, { tone }, t('state.' + device.state))),
    h('p', { class: 'quiet' },
      [hasName(device) ? device.id : '', device.bus, heard,
        t('device.poll', { span: spanText(device.pollMillis, t) })].filter(Boolean).join(' · ')),
    device.state === 'offline' && (device.message || device.failures)
      ? h('p', { class: 'trouble' },
        [t('device.failures', { count: device.failures }), device.message].filter(Boolean).join(' · '))
      : null,
    h('ul', { class: 'points' }, device.points.map((point) =>
      h(Point, { key: point.id, device, point, lang, t, now }))));
}

function Bus({ bus, t }) {
  return h('li', { 'data-bus': bus.id },
    h('div', { class: 'row' },
      h('span', { class: 'name' }, bus.id, h('span', { class: 'quiet' }, ` ${bus.driver}`)),
      h(Badge, { tone: bus.open ? 'good' : 'bad' }, t(bus.open ? 'bus.open' : 'bus.closed'))),
    bus.message ? h('p', { class: 'trouble' }, bus.message) : null,
    bus.queuedCommands ? h('p', { class: 'quiet' }, t('bus.queued', { count: bus.queuedCommands })) : null);
}

function Uplink({ uplink, journal, lang, t, now }) {
  const pending = journal.pending[uplink.id] ?? uplink.pending;
  const confirmed = uplink.acknowledgedAt === null ? t('uplink.never')
    : t('uplink.acknowledged', { age: ageText(now - uplink.acknowledgedAt, t) });
  const backlog = pending > 0 ? t('uplink.pending', { count: numberText(pending, lang) })
    : t('uplink.done');
  return h('li', { 'data-uplink': uplink.id },
    h('div', { class: 'row' },
      h('span', { class: 'name' }, uplink.id),
      h(Badge, { tone: uplink.connected ? 'good' : 'warn' },
        t(uplink.connected ? 'summary.connected' : 'summary.disconnected'))),
    uplink.connected ? null : h('p', null, t('uplink.disconnected')),
    h('p', { class: 'quiet' }, `${backlog} · ${confirmed}`),
    uplink.message ? h('p', { class: 'trouble' }, uplink.message) : null);
}

function Journal({ journal, lang, t }) {
  return h('li', { 'data-journal': '' },
    h('div', { class: 'row' },
      h('span', { class: 'name' }, t('journal.used', {
        used: bytesText(journal.usedBytes, lang), limit: bytesText(journal.limitBytes, lang) })),
      journal.message ? null : h(Badge, { tone: 'good' }, t('journal.ok'))),
    h('p', { class: 'quiet' }, t('journal.lastSeq', { seq: numberText(journal.lastSeq, lang) })),
    journal.lostItems ? h('p', { class: 'trouble' },
      t('journal.lost', { count: numberText(journal.lostItems, lang) })) : null,
    journal.message ? h('p', { class: 'trouble' }, journal.message) : null);
}

function Section({ title, children }) {
  return h('section', null, h('h2', null, title), children);
}

function list(items) {
  return h('ul', { class: 'card list' }, items);
}

function Body({ data, lang, t, now }) {
  const { status, devices } = data;
  const { uplinks, buses, journal } = status;
  return h('main', null,
    status.pole ? null : h('p', { class: 'notice' }, t('page.noDocument')),
    h(Summary, { data, lang, t }),
    h(Section, { title: t('section.devices') },
      devices.length ? h('div', { class: 'flow' }, devices.map((device) =>
        h(Device, { key: device.id, device, lang, t, now }))) : h('p', null, t('page.noDevices'))),
    h('div', { class: 'grid' },
      h(Section, { title: t('section.buses') },
        list(buses.map((bus) => h(Bus, { key: bus.id, bus, t })))),
      h(Section, { title: t('section.uplinks') },
        uplinks.length ? list(uplinks.map((uplink) =>
          h(Uplink, { key: uplink.id, uplink, journal, lang, t, now }))) : h('p', null, t('uplink.none'))),
      h(Section, { title: t('section.journal') }, list(h(Journal, { journal, lang, t })))),
    h('footer', { class: 'quiet' },
      h('p', null, [status.version && t('footer.version', { version: status.version }),
        t('footer.uptime', { age: ageText(now - status.startedAt, t) })].filter(Boolean).join(' · ')),
      h('p', null, t('footer.local'))));
}

export function Page(state) {
  const { data, link, t } = state;
  return h('div', { class: `page ${link}` },
    h(Header, state),
    link === 'lost' ? h('p', { class: 'notice', role: 'alert' }, t('link.stale')) : null,
    data ? h(Body, state) : h('p', { class: 'notice' }, t('page.loading')));
}
