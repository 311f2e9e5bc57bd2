/**
 * location and history. There is one page: going elsewhere changes the address and is noted, and loads nothing.
 */

import { here, soon } from './here.js';
import { HashChangeEvent, PopStateEvent } from './interface-events.js';
import { trusted } from './event.js';
import { ORIGIN_OF_PAGE, absoluteUrl } from './resources.js';
import { dispatch } from './targets.js';

const PARTS = /^([a-z][\w+.-]*:)(?:\/\/([^/?#]*))?([^?#]*)(\?[^#]*)?(#.*)?$/is;

/** @param {string} url */
function partsOfUrl(url) {
  const [, protocol = '', host = '', pathname = '', search = '', hash = ''] = PARTS.exec(url) ?? [];
  return { protocol, host, pathname: pathname || '/', search: search === '?' ? '' : search, hash: hash === '#' ? '' : hash };
}

const ADDRESS = Symbol('address');

export class Location {
  /** @type {string} */
  [ADDRESS];

  /** @param {string} url */
  constructor(url) {
    this[ADDRESS] = url;
  }

  get href() { return this[ADDRESS]; }
  set href(url) { go(this, url); }
  get protocol() { return partsOfUrl(this[ADDRESS]).protocol; }
  get host() { return partsOfUrl(this[ADDRESS]).host; }
  get hostname() { return partsOfUrl(this[ADDRESS]).host.replace(/:\d+$/, ''); }
  get port() { return /:(\d+)$/.exec(partsOfUrl(this[ADDRESS]).host)?.[1] ?? ''; }
  get pathname() { return partsOfUrl(this[ADDRESS]).pathname; }
  get search() { return partsOfUrl(this[ADDRESS]).search; }
  set search(text) { go(this, this.pathname + (text && !text.startsWith('?') ? `?${text}` : text)); }
  get hash() { return partsOfUrl(this[ADDRESS]).hash; }
  set hash(text) { go(this, `#${String(text).replace(/^#/, '')}`); }
  get origin() { return ORIGIN_OF_PAGE; }
  get ancestorOrigins() { return []; }
  /** @param {any} url */
  assign(url) { go(this, url); }
  /** @param {any} url */
  replace(url) { go(this, url); }
  reload() { here.kernel.report.note('needs_browser', 'location.reload'); }
  toString() { return this[ADDRESS]; }
  get [Symbol.toStringTag]() { return 'Location'; }
}

/** @param {Location} location @param {any} url */
function go(location, url) {
  const text = String(url);
  if (/^javascript:/i.test(text)) return;
  const before = location[ADDRESS];
  const bare = before.replace(/#.*$/s, '');
  const after = text.startsWith('#') ? bare + text : absoluteUrl(text);
  if (after.replace(/#.*$/s, '') !== bare) return here.kernel.report.note('needs_browser', `going to ${after}`);
  if (after === before) return;
  location[ADDRESS] = after;
  history().push(null, after);
  soon(() => dispatch(here.window, trusted(new HashChangeEvent('hashchange', { oldURL: before, newURL: after }))), 0);
}

const ENTRIES = Symbol('entries');

export class History {
  scrollRestoration = 'auto';
  /** @type {{state: any, url: string}[]} */
  [ENTRIES];
  #at = 0;

  /** @param {string} url */
  constructor(url) {
    this[ENTRIES] = [{ state: null, url }];
  }

  get length() { return this[ENTRIES].length; }
  get state() { return this[ENTRIES][this.#at].state; }

  /** @param {any} state @param {any} _title @param {any} [url] */
  pushState(state, _title, url) { this.push(state, addressFor(url)); }

  /** @param {any} state @param {any} _title @param {any} [url] */
  replaceState(state, _title, url) {
    const address = addressFor(url);
    this[ENTRIES][this.#at] = { state, url: address };
    here.window.location[ADDRESS] = address;
  }

  /** @param {number} [delta] */
  go(delta = 0) {
    const to = this.#at + delta;
    if (delta === 0 || !this[ENTRIES][to]) return;
    soon(() => {
      this.#at = to;
      here.window.location[ADDRESS] = this[ENTRIES][to].url;
      dispatch(here.window, trusted(new PopStateEvent('popstate', { state: this.state })));
    });
  }

  back() { this.go(-1); }
  forward() { this.go(1); }

  /** @param {any} state @param {string} url */
  push(state, url) {
    this[ENTRIES].splice(this.#at + 1, Infinity, { state, url });
    this.#at += 1;
    here.window.location[ADDRESS] = url;
  }
}

/** @returns {History} */
function history() {
  return here.window.history;
}

/** @param {any} url @returns {string} */
function addressFor(url) {
  const location = here.window.location;
  if (url === undefined || url === null || url === '') return location[ADDRESS];
  const text = String(url);
  if (text.startsWith('#')) return location[ADDRESS].replace(/#.*$/s, '') + text;
  if (text.startsWith('?')) return location[ADDRESS].replace(/[?#].*$/s, '') + text;
  return absoluteUrl(text);
}
