/**
 * As much of a page's WXML as is of use without a layout: its elements in order, with what they are bound to. Pure.
 */

/** @typedef {{tag: string, attributes: Record<string, string>}} WxmlElement */

const WXML_TAG = /<([a-z][\w-]*)((?:\s+[\w:.-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'))?)*)\s*\/?>/gi;
const WXML_ATTRIBUTE = /([\w:.-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?/g;

/** @param {string} text @returns {WxmlElement[]} */
export function wxmlElements(text) {
  const bare = text.replace(/<!--[\s\S]*?-->/g, '');
  return Array.from(bare.matchAll(WXML_TAG), ([, tag, rest]) => ({
    tag,
    attributes: Object.fromEntries(Array.from(rest.matchAll(WXML_ATTRIBUTE), ([, name, double, single]) => [name, double ?? single ?? ''])),
  }));
}

/**
 * The names of the handlers that an event may mean, each once, with the first element that is bound to it.
 * @param {WxmlElement[]} elements @param {string} event @returns {Map<string, WxmlElement>}
 */
export function wxmlHandlers(elements, event) {
  const pattern = new RegExp(`^(capture-)?(mut-)?(bind|catch):?${event}$`);
  const found = new Map();
  for (const element of elements) {
    for (const [name, handler] of Object.entries(element.attributes)) {
      if (pattern.test(name) && handler && !found.has(handler)) found.set(handler, element);
    }
  }
  return found;
}

/** The first element that `#id`, `.class` or `tag` means, the last part of a longer selector. @param {WxmlElement[]} elements @param {string} selector */
export function wxmlSelected(elements, selector) {
  const last = String(selector).trim().split(/[\s>]+/).at(-1) ?? '';
  const [, sign, name] = /^([#.]?)([\w-]*)/.exec(last) ?? [];
  return elements.find(({ tag, attributes }) => {
    if (sign === '#') return attributes.id === name || attributes['canvas-id'] === name;
    if (sign === '.') return (attributes.class ?? '').split(/\s+/).includes(name);
    return tag === name;
  });
}

/** What `data-…` attributes say, as `dataset` has it. @param {WxmlElement} element @returns {Record<string, string>} */
export function wxmlDataset({ attributes }) {
  const data = Object.entries(attributes).filter(([name]) => name.startsWith('data-'));
  return Object.fromEntries(data.map(([name, value]) => [name.slice(5).toLowerCase().replace(/-(\w)/g, (_, letter) => letter.toUpperCase()), value]));
}

/** A size in CSS pixels that an element states itself. @param {WxmlElement|undefined} element @param {'width'|'height'} side @returns {number|undefined} */
export function wxmlSize(element, side) {
  const attribute = element?.attributes[side];
  if (attribute && /^\d+(px)?$/.test(attribute)) return parseInt(attribute, 10);
  const styled = new RegExp(`(?:^|;)\\s*${side}\\s*:\\s*(\\d+(?:\\.\\d+)?)px`).exec(element?.attributes.style ?? '');
  return styled ? Number(styled[1]) : undefined;
}
