// Ties the parts together: one state, drawn again when it changes and once a second for the ages.
import { h, render } from './lib/preact.module.js';
import { initialLanguage, nameOf, rememberLanguage, translator } from './i18n.js';
import { afterChange, fromSnapshot } from './model.js';
import { listen } from './stream.js';
import { Page } from './view.js';

const root = document.getElementById('app');
const now = () => performance.now();
const state = { lang: initialLanguage(), link: 'connecting', lastMessageAt: null, data: null };

function switchLanguage() {
  state.lang = state.lang === 'zh' ? 'en' : 'zh';
  rememberLanguage(state.lang);
  draw();
}

function draw() {
  const t = translator(state.lang);
  const pole = state.data && state.data.status.pole;
  document.documentElement.lang = state.lang === 'zh' ? 'zh-CN' : 'en';
  document.title = pole ? `${nameOf(pole, state.lang)} · ${pole.id}` : t('page.title');
  render(h(Page, { ...state, t, now: now(), switchLanguage }), root);
}

function update(change) {
  Object.assign(state, change);
  draw();
}

listen({
  onSnapshot: (message) => { state.data = fromSnapshot(message, now()); },
  onChange: (message) => {
    if (state.data) state.data = afterChange(state.data, message, now());
  },
  onAlive: () => update({ link: 'live', lastMessageAt: now() }),
  onLost: () => update({ link: state.data ? 'lost' : 'connecting' }),
});
setInterval(draw, 1000);
draw();
