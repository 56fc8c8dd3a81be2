import de from './de.js';
import en from './en.js';

const LANGUAGES = {en, de};

/** The texts of a language, and its forms of numbers and times. */
export class Texts {
  /** @param wanted language tags, the most wanted one first; browsers send the same ones as Accept-Language */
  constructor(wanted) {
    const tag = wanted.find(each => LANGUAGES[each.split('-')[0].toLowerCase()]) ?? 'en';
    this.tag = tag;
    this.texts = LANGUAGES[tag.split('-')[0].toLowerCase()];
    this.plural = new Intl.PluralRules(tag);
    this.number = new Intl.NumberFormat(tag);
    this.relative = new Intl.RelativeTimeFormat(tag, {numeric: 'auto', style: 'short'});
    this.exact = new Intl.DateTimeFormat(tag, {dateStyle: 'full', timeStyle: 'medium'});
    this.day = new Intl.DateTimeFormat(tag, {dateStyle: 'medium'});
  }

  text(key, values = {}) {
    const text = this.texts[key];
    const form = typeof text === 'string' ? text : text[this.plural.select(values.n)] ?? text.other;
    return form.replace(/\{(\w+)\}/g, (_, name) => typeof values[name] === 'number' ? this.number.format(values[name]) : values[name]);
  }

  age(time, now = Date.now()) {
    const seconds = Math.min(0, (Date.parse(time) - now) / 1000);
    if (seconds > -45) return this.relative.format(0, 'second');
    if (seconds > -3600) return this.relative.format(Math.round(seconds / 60) || -1, 'minute');
    if (seconds > -86400) return this.relative.format(Math.round(seconds / 3600), 'hour');
    if (seconds > -7 * 86400) return this.relative.format(Math.round(seconds / 86400), 'day');
    return this.day.format(Date.parse(time));
  }

  exactTime(time) {
    return this.exact.format(Date.parse(time));
  }
}
