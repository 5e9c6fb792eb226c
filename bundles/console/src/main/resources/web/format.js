// Numbers, spans of time and sizes in words. Pure functions.

const UNITS = [['days', 86400], ['hours', 3600], ['minutes', 60], ['seconds', 1]];

export function ageText(millis, t) {
  const seconds = Math.floor(Math.max(0, millis) / 1000);
  if (seconds < 1) return t('age.now');
  const [unit, size] = UNITS.find(([, s]) => seconds >= s);
  return t('age.' + unit, { n: Math.floor(seconds / size) });
}

export function spanText(millis, t) {
  return millis < 1000 ? t('span.millis', { n: millis }) : ageText(millis, t);
}

export function numberText(number, lang) {
  if (!Number.isFinite(number)) return String(number);
  const size = Math.abs(number);
  if (size !== 0 && (size >= 1e12 || size < 1e-4)) return number.toExponential(3);
  const digits = Number.isInteger(number) ? 0 : size >= 1000 ? 1 : size >= 1 ? 2 : 4;
  return number.toLocaleString(lang === 'zh' ? 'zh-CN' : 'en', { maximumFractionDigits: digits });
}

export function valueText(value, lang, t) {
  if (typeof value === 'boolean') return t('value.' + value);
  if (typeof value === 'number') return numberText(value, lang);
  if (value && typeof value === 'object') return '0x' + value.hex;
  return String(value);
}

export function unitText(unit) {
  return { Cel: '°C', deg: '°', 'ug/m3': 'µg/m³', m3: 'm³', 'W/m2': 'W/m²' }[unit] || unit;
}

export function bytesText(bytes, lang) {
  if (bytes < 1e3) return bytes + ' B';
  const [size, unit] = bytes < 1e6 ? [1e3, 'kB'] : bytes < 1e9 ? [1e6, 'MB'] : [1e9, 'GB'];
  return numberText(Math.round((bytes / size) * 10) / 10, lang) + ' ' + unit;
}
