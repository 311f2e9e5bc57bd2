/**
 * Makes a realm a mini-program's, with App, Page and Component: the logic runs, nothing is laid out.
 */

import { defineAll } from '../globals.js';
import { createCanvasNodes } from './canvas-nodes.js';
import { WxFailure } from './calls.js';
import { addComponents, callHook, createPage, elementsOfPage } from './components.js';
import { wxInputs } from './inputs.js';
import { createLegacyContext } from './legacy-canvas.js';
import { wxLaunchOptions } from './lifecycle.js';
import { pageTouches } from './page-touches.js';
import { createSelectorQuery } from './selector-query.js';
import { createWx, createWxRoom } from './wx.js';

/** @typedef {import('../kernel.js').Kernel} Kernel */

/** What App and Page were given last, by kernel. @type {WeakMap<Kernel, {app: any, definition: any}>} */
const GIVEN_TO_PROGRAM = new WeakMap();

/** @param {Kernel} kernel */
export function installMiniProgram(kernel) {
  const room = createWxRoom(kernel);
  const { scope } = kernel;
  /** @type {{app: any, definition: any}} */
  const given = { app: undefined, definition: undefined };
  GIVEN_TO_PROGRAM.set(kernel, given);
  kernel.pages = [];
  const define = (/** @type {Record<string, any>} */ definition) => { given.definition = definition; };
  wxInputs(room, pageTouches(kernel));
  defineAll(scope, {
    wx: createWx(room, { ...programFunctions(room), ...pageNavigation(room) }),
    App: (/** @type {any} */ app) => { given.app = app; },
    getApp: () => given.app,
    Page: define,
    Component: define,
    Behavior: (/** @type {any} */ behavior) => behavior,
    getCurrentPages: () => [...kernel.pages],
  });
}

/** Runs app.js, then opens the first page of app.json. @param {Kernel} kernel */
export function loadMiniProgram(kernel) {
  const config = JSON.parse(kernel.files.text('/app.json') ?? '{}');
  if (kernel.files.exists('/app.js')) kernel.run(() => kernel.modules.require('/app.js'));
  const app = GIVEN_TO_PROGRAM.get(kernel)?.app;
  if (app) for (const name of ['onLaunch', 'onShow']) callHook(kernel, app, name, [wxLaunchOptions()]);
  const first = config.entryPagePath ?? config.pages?.[0];
  if (first === undefined) kernel.report.error(new Error('app.json names no pages'));
  else openPage(kernel, String(first), {});
}

/** @param {Kernel} kernel @param {string} path @returns {Record<string, any>} */
function definitionInFile(kernel, path) {
  const given = /** @type {{definition: any}} */ (GIVEN_TO_PROGRAM.get(kernel));
  definitionsByFile.set(kernel, definitionsByFile.get(kernel) ?? new Map());
  const known = /** @type {Map<string, any>} */ (definitionsByFile.get(kernel));
  if (!known.has(path)) {
    given.definition = undefined;
    kernel.run(() => kernel.modules.require(path));
    known.set(path, given.definition ?? {});
  }
  return known.get(path);
}

/** What files gave to Page and Component: a file runs once, a page may open often. @type {WeakMap<Kernel, Map<string, any>>} */
const definitionsByFile = new WeakMap();

/** @param {Kernel} kernel @param {string} route without leading slash and ending @param {Record<string, string>} query */
function openPage(kernel, route, query) {
  const page = createPage(kernel, definitionInFile(kernel, `/${route}.js`), route);
  page.options = query;
  kernel.pages.push(page);
  addComponents(kernel, page, elementsOfPage(kernel, page), (path) => definitionInFile(kernel, path));
  for (const name of ['created', 'attached']) callHook(kernel, page, name);
  callHook(kernel, page, 'onLoad', [query]);
  callHook(kernel, page, 'onShow');
  for (const name of ['ready', 'onReady']) callHook(kernel, page, name);
}

/** @param {Kernel} kernel @param {number} count */
function closePages(kernel, count) {
  for (const page of kernel.pages.splice(kernel.pages.length - count, count).reverse()) callHook(kernel, page, 'onUnload');
}

/** @param {import('./wx.js').WxRoom} room */
function programFunctions(room) {
  const { kernel } = room;
  const nodes = createCanvasNodes(room, () => elementsOfPage(kernel, kernel.pages.at(-1)));
  return {
    createSelectorQuery: () => createSelectorQuery(kernel, nodes),
    createCanvasContext: (/** @type {string} */ name) => createLegacyContext(kernel, nodes.legacy(String(name))),
    canvasToTempFilePath: room.calls.call('canvasToTempFilePath', ({ canvas, canvasId }) => ({
      tempFilePath: (canvas ?? nodes.legacy(String(canvasId))).toTempFilePathSync(),
    })),
    createAnimation: () => chainOfNothing(),
    createIntersectionObserver: () => chainOfNothing(),
    setTabBarBadge: () => undefined,
  };
}

/** Accepts every call and gives itself back. */
function chainOfNothing() {
  /** @type {any} */
  const chain = new Proxy({}, { get: (_, name) => (name === 'then' ? undefined : name === 'export' ? () => ({ actions: [] }) : () => chain) });
  return chain;
}

/** @param {import('./wx.js').WxRoom} room */
function pageNavigation({ kernel, calls }) {
  /** @param {string} name @param {() => number} closing how many pages close first */
  const opening = (name, closing) => calls.call(name, ({ url }) => {
    const { route, query } = pageAddress(kernel, String(url));
    if (!kernel.files.exists(`/${route}.js`)) throw new WxFailure(`page "${route}" is not found`);
    kernel.clock.later(() => {
      const count = closing();
      if (count === 0) callHook(kernel, kernel.pages.at(-1) ?? {}, 'onHide');
      else closePages(kernel, count);
      openPage(kernel, route, query);
    });
    return {};
  });
  return {
    navigateTo: opening('navigateTo', () => 0),
    redirectTo: opening('redirectTo', () => Math.min(1, kernel.pages.length)),
    reLaunch: opening('reLaunch', () => kernel.pages.length),
    switchTab: opening('switchTab', () => kernel.pages.length),
    navigateBack: calls.call('navigateBack', ({ delta = 1 }) => {
      kernel.clock.later(() => {
        closePages(kernel, Math.min(delta, kernel.pages.length - 1));
        callHook(kernel, kernel.pages.at(-1) ?? {}, 'onShow');
      });
      return {};
    }),
  };
}

/** @param {Kernel} kernel @param {string} url relative to the current page, with a query */
function pageAddress(kernel, url) {
  const [place, search = ''] = url.split('?');
  const path = kernel.files.pathOf(place, `/${kernel.pages.at(-1)?.route ?? ''}`) ?? '/';
  const pairs = search.split('&').filter(Boolean).map((pair) => pair.split('=').map(decodeURIComponent));
  return { route: path.slice(1), query: Object.fromEntries(pairs.map(([name, value = '']) => [name, value])) };
}
