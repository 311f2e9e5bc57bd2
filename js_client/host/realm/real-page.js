/**
 * The document of a real browser, made to follow the virtual clock: its load events and its pictures' come as tasks in
 * virtual time, and CSS animations move on by frames.
 *
 * Real events of that kind are stopped before the game sees them, and told again when their time has come.
 */

import { installInputs } from './dom/input.js';
import { tellLoaded } from './dom/loading.js';
import { bytesOf, dataUrl } from './web/blobs.js';
import { arrive, here } from './web/here.js';
import { installWeb } from './web/install.js';

const LOADED = ['load', 'error'];

/** @param {any} scope the page's window, as the browser made it */
export function createRealPage(scope) {
  const { document, requestAnimationFrame, Event } = scope;
  /** Resolves when the browser has loaded the document and all that it names. */
  const isLoaded = heldBack(scope, ['DOMContentLoaded', 'load'], [document, scope]);
  /** @type {Set<Promise<unknown>>} */
  const loading = new Set();
  /** @type {import('./kernel.js').Kernel} */
  let kernel;
  let moved = 0;

  /** An element whose load event is to come in virtual time. @param {any} element */
  const follow = (element) => {
    /** @type {string|undefined} */
    let outcome;
    let isDue = false;
    const tell = () => {
      if (outcome === undefined) isDue = true;
      else element.dispatchEvent(new Event(outcome));
    };
    const done = new Promise((resolve) => {
      for (const type of LOADED) {
        element.addEventListener(type, (/** @type {any} */ event) => {
          if (!event.isTrusted) return;
          event.stopImmediatePropagation();
          outcome = type;
          resolve(undefined);
          if (isDue) kernel.clock.later(tell, 1);
        }, { capture: true, once: true });
      }
    });
    loading.add(done);
    done.then(() => loading.delete(done));
    kernel.clock.later(tell, 1);
  };

  return {
    /** @param {import('./kernel.js').Kernel} given */
    install(given) {
      kernel = given;
      arrive(kernel);
      Object.assign(here, { document, base: kernel.files.pathOf(kernel.description.entry) ?? '/' });
      // What talks to the clock, to storage or to a network is ours here, too.
      installWeb(kernel);
      installInputs(kernel);
      followSources(scope, follow);
      kernel.canvas = pageCanvas(scope);
      kernel.fire = (type, target) => {
        const targets = target === undefined || target === 'window' ? [scope] : target === 'document' ? [document] : document.querySelectorAll(target);
        for (const one of targets) one.dispatchEvent(new Event(type, { bubbles: true, cancelable: true }));
      };
      scope.addEventListener('error', (/** @type {any} */ { error, message, isTrusted }) => {
        if (isTrusted && message !== undefined) kernel.report.error(error ?? new scope.Error(message));
      });
      scope.addEventListener('unhandledrejection', (/** @type {any} */ event) => kernel.report.error(event.reason));
    },
    /** The document has been parsed and its scripts have run, since a browser does that by itself. */
    load: () => tellLoaded(kernel),
    isLoading: () => loading.size > 0,
    /** Waits until nothing is being loaded, and moves animations to where the clock is. */
    async settled() {
      await isLoaded;
      while (loading.size > 0) await Promise.all(loading);
      const now = kernel?.clock.now() ?? 0;
      const animations = document.getAnimations();
      if (animations.length === 0) return;
      for (const animation of animations) moveTo(animation, now - moved);
      moved = now;
      // Their events are told at the browser's next frame.
      await new Promise((resolve) => requestAnimationFrame.call(scope, resolve));
    },
  };
}

/** Stops events of these types, one of each, before anybody hears them. @param {any} scope @param {string[]} types @param {any[]} targets */
function heldBack(scope, types, targets) {
  return Promise.all(types.map((type) => new Promise((resolve) => {
    scope.addEventListener(type, function hear(/** @type {any} */ event) {
      if (!event.isTrusted || !targets.includes(event.target)) return;
      event.stopImmediatePropagation();
      scope.removeEventListener(type, hear, true);
      resolve(undefined);
    }, true);
  })));
}

/** Sources that scripts set: those of pictures and of scripts. @param {any} scope @param {(element: any) => void} follow */
function followSources(scope, follow) {
  for (const kind of ['HTMLImageElement', 'HTMLScriptElement']) {
    const { prototype } = scope[kind];
    const { get, set } = Object.getOwnPropertyDescriptor(prototype, 'src') ?? {};
    Object.defineProperty(prototype, 'src', {
      configurable: true, enumerable: true, get,
      set(value) {
        follow(this);
        set?.call(this, sourceOf(value));
      },
    });
    const { setAttribute } = scope.Element.prototype;
    prototype.setAttribute = function setSource(/** @type {string} */ name, /** @type {any} */ value) {
      const isSource = String(name).toLowerCase() === 'src';
      if (isSource) follow(this);
      setAttribute.call(this, name, isSource ? sourceOf(value) : value);
    };
  }
}

/** The browser knows nothing of our blobs. @param {any} url */
function sourceOf(url) {
  const blob = here.blobs.get(String(url));
  return blob ? dataUrl(bytesOf(blob), blob.type) : url;
}

/** @param {any} animation @param {number} milliseconds */
function moveTo(animation, milliseconds) {
  if (animation.playState === 'finished' || animation.playState === 'idle') return;
  if (animation.playState === 'running') {
    animation.pause();
    animation.currentTime = 0;
  }
  const end = animation.effect?.getComputedTiming().endTime ?? 0;
  animation.currentTime = Number(animation.currentTime) + milliseconds;
  if (Number(animation.currentTime) >= Number(end) && Number.isFinite(Number(end))) animation.finish();
}

/** What is drawn, as the browser has it. @param {any} scope */
function pageCanvas(scope) {
  const { document } = scope;
  const screen = () => [...document.querySelectorAll('canvas')].toSorted((a, b) => b.width * b.height - a.width * a.height)[0];
  /** @param {any} owner @param {number} width @param {number} height */
  const scaledPixels = (owner, width, height) => {
    const small = document.createElement('canvas');
    [small.width, small.height] = [width, height];
    const context = small.getContext('2d', { willReadFrequently: true });
    context.drawImage(owner, 0, 0, width, height);
    return context.getImageData(0, 0, width, height).data;
  };
  return {
    screen,
    globals: {},
    /** @param {any} owner */
    pixels: (owner) => owner && { width: owner.width, height: owner.height, data: scaledPixels(owner, owner.width, owner.height) },
    /** @param {any} owner @param {number} width @param {number} height @param {boolean} grey */
    scaled(owner, width, height, grey) {
      const data = owner ? scaledPixels(owner, width, height) : new Uint8ClampedArray(4 * width * height);
      const result = new Uint8Array(width * height * (grey ? 1 : 3));
      for (let from = 0, to = 0; from < data.length; from += 4) {
        if (grey) result[to++] = Math.round(0.299 * data[from] + 0.587 * data[from + 1] + 0.114 * data[from + 2]);
        else for (let i = 0; i < 3; i += 1) result[to++] = data[from + i];
      }
      return result;
    },
    fingerprint: () => 0,
  };
}
