/**
 * <script>: those of the document run as it is parsed (scripts.js); those that a script makes load and run as tasks in
 * virtual time.
 */

import { here, soon } from '../web/here.js';
import { attribute, reflects, CHANGED } from './attributes.js';
import { HTMLElement, tell } from './html-element.js';
import { ARRIVED, OWNER } from './links.js';
import { holdLoad } from './loading.js';
import { kindOfScript, runScript, scriptText } from './scripts.js';

export class HTMLScriptElement extends HTMLElement {
  #isStarted = false;
  #isAsync = true;

  get text() { return this.textContent; }
  set text(text) { this.textContent = text; }
  get src() {
    const src = attribute(this, 'src');
    return src === null ? '' : scriptUrl(src);
  }

  set src(value) { this.setAttribute('src', value); }
  get async() { return this.#isAsync; }
  set async(value) { this.#isAsync = Boolean(value); }

  /** The parser of the document made it, and it is run by whoever reads the document. */
  isParsed() { this.#isStarted = true; }
  /** It came as innerHTML. */
  neverRuns() { this.#isStarted = true; }

  /** @param {string} name @param {string|null} value */
  [CHANGED](name, value) {
    super[CHANGED](name, value);
    if (name === 'src' && this.isConnected) this[ARRIVED]();
  }

  [ARRIVED]() {
    const kind = kindOfScript(this);
    if (this.#isStarted || this[OWNER] !== here.document || kind === undefined) return;
    const isInline = attribute(this, 'src') === null;
    if (isInline && this.textContent === '') return;
    this.#isStarted = true;
    if (isInline && kind === 'classic') runScript(this, this.textContent);
    else this.#later(isInline);
  }

  /** @param {boolean} isInline */
  #later(isInline) {
    const release = holdLoad(here.kernel);
    soon(() => {
      const text = isInline ? this.textContent : scriptText(this);
      if (text !== undefined) runScript(this, text);
      if (!isInline) tell(this, text === undefined ? 'error' : 'load');
      release();
    });
  }

  /** @param {string} type */
  static supports(type) { return type === 'classic' || type === 'module' || type === 'importmap'; }
}
reflects(HTMLScriptElement, { texts: 'type charset integrity crossOrigin referrerPolicy event htmlFor:for', flags: 'defer noModule' });

/** @param {string} src */
function scriptUrl(src) {
  return new here.window.URL(src, here.window.location.href).href;
}
