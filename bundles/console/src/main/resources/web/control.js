// Sets a point: asks first, then sends one command and says in words how it ended.
import { Component, h } from './lib/preact.module.js';
import { numberText, unitText, valueText } from './format.js';
import { has, nameOf } from './i18n.js';

async function send(device, point, value) {
  const path = `api/v1/devices/${encodeURIComponent(device)}/points/${encodeURIComponent(point)}`;
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ value }),
    });
    const answer = await response.json();
    if (response.ok) return answer;
    return { status: response.status === 504 ? 'no-answer' : 'not-sent', message: answer.detail };
  } catch (e) {
    return { status: 'no-answer', message: '' };
  }
}

/** The kind of value to ask for, by what was read before; a point that is never read has limits or is guessed. */
function kindOf(point, before) {
  if ('value' in point) return typeof point.value;
  if (before) return before;
  return 'min' in point || 'max' in point ? 'number' : 'guess';
}

function parse(draft, kind) {
  const text = draft.trim();
  const number = Number(text.replace(',', '.'));
  if (kind === 'object') return { hex: text.replace(/^0x/i, '') };
  if (kind === 'number' || (kind === 'guess' && text !== '' && Number.isFinite(number))) {
    return text === '' || !Number.isFinite(number) ? undefined : number;
  }
  if (kind === 'guess' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

function rangeText({ min, max }, lang, t) {
  const words = { min: numberText(min, lang), max: numberText(max, lang) };
  if (min !== undefined && max !== undefined) return t('command.range', words);
  if (min !== undefined) return t('command.rangeMin', words);
  return max === undefined ? '' : t('command.rangeMax', words);
}

function resultText(result, unit, lang, t) {
  const known = { 'no-answer': 'command.noAnswer', 'not-sent': 'command.notSent' };
  const key = known[result.status] || 'command.' + result.status;
  const words = [has(key) ? t(key) : t('command.unlisted', { status: result.status })];
  if ('value' in result) {
    words.push(t('command.readBack', { value: withUnit(result.value, unit, lang, t) }));
  }
  if (result.message) words.push(result.message);
  return words.join(' · ');
}

function withUnit(value, unit, lang, t) {
  const text = valueText(value, lang, t);
  return unit && typeof value === 'number' ? `${text} ${unitText(unit)}` : text;
}

export class WriteControl extends Component {
  constructor(props) {
    super(props);
    this.state = { draft: '', wrong: '', wanted: undefined, running: false, result: null };
  }

  render({ device, point, lang, t }, { wanted, running, result, wrong }) {
    this.kind = kindOf(point, this.kind);
    const tone = result && (result.status === 'done' ? 'good' : 'bad');
    return h('div', { class: 'control' },
      this.kind === 'boolean' ? this.toggle() : this.field(),
      h('p', { class: `outcome ${wrong ? 'bad' : tone || ''}`, role: 'status' },
        wrong || (running ? t('command.running') : '')
        || (result ? resultText(result, point.unit, lang, t) : '')),
      wanted === undefined ? null : this.confirmation(nameOf(device, lang), nameOf(point, lang)));
  }

  toggle() {
    const { point, lang, t } = this.props;
    const button = (value, key) =>
      h('button', {
        type: 'button',
        class: 'half',
        'aria-pressed': String(point.value === value),
        disabled: this.state.running,
        onClick: () => this.ask(value),
      }, t(key));
    return h('div', { class: 'toggle', role: 'group', 'aria-label': nameOf(point, lang) },
      button(true, 'command.on'), button(false, 'command.off'));
  }

  field() {
    const { device, point, lang, t } = this.props;
    const range = rangeText(point, lang, t);
    const id = `set-${device.id}-${point.id}`;
    return h('form', { class: 'field', onSubmit: (e) => this.submit(e), noValidate: true },
      h('input', {
        id,
        type: 'text',
        inputMode: this.kind === 'number' ? 'decimal' : 'text',
        autocomplete: 'off',
        'aria-label': t('command.newValue', { point: nameOf(point, lang) }),
        placeholder: range,
        value: this.state.draft,
        onInput: (e) => this.setState({ draft: e.currentTarget.value, wrong: '' }),
      }),
      point.unit ? h('span', { class: 'unit' }, unitText(point.unit)) : null,
      h('button', { type: 'submit', class: 'primary', disabled: this.state.running },
        t('command.set')));
  }

  confirmation(device, point) {
    const { lang, t, point: { unit } } = this.props;
    const value = withUnit(this.state.wanted, unit, lang, t);
    const open = (dialog) => { if (dialog && !dialog.open) dialog.showModal(); };
    return h('dialog', { ref: open, onClose: () => this.setState({ wanted: undefined }) },
      h('p', { class: 'question' }, t('command.confirm', { device, point, value })),
      h('p', { class: 'hint' }, t('command.confirmHint')),
      h('div', { class: 'choices' },
        h('button', { type: 'button', onClick: () => this.setState({ wanted: undefined }) },
          t('command.no')),
        h('button', { type: 'button', class: 'primary', onClick: () => this.act() },
          t('command.yes'))));
  }

  submit(event) {
    event.preventDefault();
    const { point, t } = this.props;
    const value = parse(this.state.draft, this.kind);
    if (value === undefined) {
      this.setState({ wrong: t('command.notNumber') });
    } else if (value < point.min || value > point.max) {
      this.setState({ wrong: t('command.outOfRange') });
    } else {
      this.ask(value);
    }
  }

  ask(value) {
    this.setState({ wanted: value, wrong: '', result: null });
  }

  async act() {
    const value = this.state.wanted;
    this.setState({ wanted: undefined, running: true });
    const result = await send(this.props.device.id, this.props.point.id, value);
    this.setState({ running: false, result, draft: '' });
  }
}
