/**
 * Pages and components of mini-programs as objects with data. One copy of each component that a page uses: which elements
 * there are depends on data and layout, and neither is drawn here.
 */

import { applyDataChanges, copiedData } from './set-data.js';
import { wxmlElements, wxmlSelected } from './wxml.js';

/** @typedef {import('../kernel.js').Kernel} Kernel */

/**
 * @param {Kernel} kernel
 * @param {Record<string, any>} definition what was given to Page or Component
 * @param {string} route
 * @returns {any}
 */
export function createPage(kernel, definition, route) {
  const merged = withBehaviors(definition);
  const { methods = {}, properties = {}, lifetimes, pageLifetimes, observers, behaviors, data, ...rest } = merged;
  const page = {
    ...rest, ...methods, lifetimes, route, is: route, __route__: route,
    data: { ...copiedData(initialProperties(properties)), ...copiedData(data ?? {}) },
    /** @param {Record<string, any>} changes @param {any} [done] */
    setData(changes, done) {
      applyDataChanges(page.data, changes);
      runObservers(kernel, page, observers, changes);
      if (typeof done === 'function') kernel.clock.later(() => kernel.run(done, page));
    },
    groupSetData: (/** @type {any} */ work) => typeof work === 'function' && work(),
    triggerEvent: () => undefined,
    selectComponent: () => null,
    selectAllComponents: () => [],
    createSelectorQuery: () => kernel.scope.wx.createSelectorQuery(),
  };
  Object.defineProperty(page, 'properties', { get: () => page.data, configurable: true });
  return page;
}

/** @type {WeakMap<object, import('./wxml.js').WxmlElement[]>} */
const PAGE_ELEMENTS = new WeakMap();

/** The elements of a page's WXML, read once. @param {Kernel} kernel @param {any} page @returns {import('./wxml.js').WxmlElement[]} */
export function elementsOfPage(kernel, page) {
  if (!page) return [];
  const elements = PAGE_ELEMENTS.get(page) ?? wxmlElements(kernel.files.text(`/${page.route}.wxml`) ?? '');
  PAGE_ELEMENTS.set(page, elements);
  return elements;
}

/** Calls a method of a page or component if it has it. @param {Kernel} kernel @param {any} page @param {string} name @param {any[]} [args] */
export function callHook(kernel, page, name, args = []) {
  const hook = page.lifetimes?.[name] ?? page[name];
  return typeof hook === 'function' ? kernel.run(hook, page, args) : undefined;
}

/**
 * Gives a page the components that its JSON names.
 * @param {Kernel} kernel @param {any} page @param {import('./wxml.js').WxmlElement[]} elements
 * @param {(path: string) => Record<string, any>} definitionAt loads what a file gives to Component
 */
export function addComponents(kernel, page, elements, definitionAt) {
  const path = `/${page.route}`;
  const used = JSON.parse(kernel.files.text(`${path}.json`) ?? '{}').usingComponents ?? {};
  /** @type {Map<string, any>} */
  const byTag = new Map();
  for (const [tag, place] of Object.entries(used)) {
    const where = kernel.files.pathOf(String(place), path);
    if (!where || !kernel.files.exists(`${where}.js`)) continue;
    const component = createPage(kernel, definitionAt(`${where}.js`), where.slice(1));
    component.triggerEvent = (/** @type {string} */ event, /** @type {any} */ detail) => triggerComponent(kernel, page, elements, tag, { event, detail });
    byTag.set(tag, component);
  }
  page.selectComponent = (/** @type {string} */ selector) => byTag.get(wxmlSelected(elements, selector)?.tag ?? '') ?? null;
  page.selectAllComponents = (/** @type {string} */ selector) => [page.selectComponent(selector)].filter(Boolean);
  for (const component of byTag.values()) for (const name of ['created', 'attached', 'ready']) callHook(kernel, component, name);
}

/** A component's own event, to what the page has bound to it. @param {Kernel} kernel @param {any} page @param {import('./wxml.js').WxmlElement[]} elements @param {string} tag @param {{event: string, detail: any}} what */
function triggerComponent(kernel, page, elements, tag, { event, detail }) {
  const attributes = wxmlSelected(elements, tag)?.attributes ?? {};
  const handler = attributes[`bind${event}`] ?? attributes[`bind:${event}`] ?? attributes[`catch${event}`];
  if (handler && typeof page[handler] === 'function') kernel.run(page[handler], page, [{ type: event, detail: detail ?? {} }]);
}

/** Behaviors' parts come first, the definition's own over them. @param {Record<string, any>} definition @returns {Record<string, any>} */
function withBehaviors(definition) {
  const parts = (definition.behaviors ?? []).filter((/** @type {any} */ one) => typeof one === 'object').map(withBehaviors);
  if (parts.length === 0) return definition;
  const all = [...parts, definition];
  const joined = (/** @type {string} */ name) => Object.assign({}, ...all.map((part) => part[name] ?? {}));
  return { ...Object.assign({}, ...all), data: joined('data'), methods: joined('methods'), properties: joined('properties'), behaviors: [] };
}

/** @param {Record<string, any>} properties */
function initialProperties(properties) {
  return Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, initialPropertyValue(property)]));
}

/** @param {any} property a constructor, or {type, value} */
function initialPropertyValue(property) {
  if (property?.value !== undefined) return property.value;
  /** @type {Map<any, any>} */
  const empty = new Map(/** @type {[any, any][]} */ ([[String, ''], [Number, 0], [Boolean, false], [Array, []]]));
  return empty.get(property?.type ?? property) ?? null;
}

/** @param {Kernel} kernel @param {any} page @param {Record<string, Function>|undefined} observers @param {Record<string, any>} changes */
function runObservers(kernel, page, observers, changes) {
  for (const [fields, observer] of Object.entries(observers ?? {})) {
    const names = fields.split(',').map((name) => name.trim());
    const isMeant = Object.keys(changes).some((path) => names.some((name) => name === '**' || path.split(/[.[]/, 1)[0] === name.split(/[.[]/, 1)[0]));
    if (isMeant) kernel.run(observer, page, names.map((name) => page.data[name.split(/[.[]/, 1)[0]]));
  }
}
