/**
 * A kernel with files from a table, and canvases and images that are only remembered, for the tests of wx.
 */

import { createKernel } from '../../../../../js_client/host/realm/kernel.js';
import { createSockets } from '../../../../../js_client/host/realm/sockets.js';
import { installMiniGame } from '../../../../../js_client/host/realm/wx/mini-game.js';
import { installMiniProgram, loadMiniProgram } from '../../../../../js_client/host/realm/wx/mini-program.js';
import { createWxRoom } from '../../../../../js_client/host/realm/wx/wx.js';

/** @param {Record<string, string>} [files] texts by path @param {Record<string, any>} [natives] */
export function kernelWith(files = {}, natives = {}) {
  const kernel = createKernel({}, {
    readText: (path) => files[path],
    readBytes: (path) => (path in files ? new TextEncoder().encode(files[path]).buffer : undefined),
    exists: (path) => path in files,
    compile: (text, _name, parameters) => new Function(...parameters.concat(text)),
    isModule: () => false,
    drain() {},
    log() {},
    lend: {},
    ...natives,
  }, { screen: { width: 375, height: 667, pixel_ratio: 2 }, time: { fps: 60, start: '2024-01-01T00:00:00Z' } }, 1);
  kernel.canvas = rememberingCanvas();
  kernel.images = imagesIn(kernel);
  kernel.sockets = createSockets(kernel);
  return kernel;
}

/** A mini-game's realm. */
export function miniGame(files, natives) {
  const kernel = kernelWith(files, natives);
  installMiniGame(kernel);
  return { kernel, wx: kernel.scope.wx, ...moving(kernel) };
}

/** A mini-program's realm, its first page open; its code finds App, Page and wx as in `kernel.scope`. */
export function miniProgram(files) {
  const names = ['wx', 'App', 'Page', 'Component', 'Behavior', 'getApp', 'getCurrentPages'];
  const compile = (text, _name, parameters) => (...args) => new Function(...parameters, ...names, text)(...args, ...names.map((name) => kernel.scope[name]));
  const kernel = kernelWith({ '/app.json': '{"pages": ["pages/play"]}', ...files }, { compile });
  installMiniProgram(kernel);
  loadMiniProgram(kernel);
  return { kernel, wx: kernel.scope.wx, page: kernel.pages[0], ...moving(kernel) };
}

/** What the files of wx/ share, without wx itself. */
export function wxRoom(files, natives) {
  const kernel = kernelWith(files, natives);
  return { ...createWxRoom(kernel), ...moving(kernel) };
}

function moving(kernel) {
  return {
    advance(frames = 1) {
      for (let i = 0; i < frames; i += 1) kernel.clock.advance();
    },
    notes: (kind) => kernel.report.summary()[kind] ?? [],
  };
}

/** The callbacks of a call that keep what they are told, in order. */
export function keepingCalls() {
  const told = [];
  const keep = (name) => (result) => told.push([name, result]);
  return { told, success: keep('success'), fail: keep('fail'), complete: keep('complete') };
}

/** Remembers what is called on a 2D context, in order. */
export function rememberingContext() {
  const calls = [];
  const context = new Proxy({ calls }, {
    get: (target, name) => (name in target ? target[name] : (...args) => void calls.push([name, ...args])),
    set(target, name, value) {
      calls.push(['=', name, value]);
      target[name] = value;
      return true;
    },
  });
  return context;
}

function rememberingCanvas() {
  const contexts = new Map();
  let shown;
  return {
    resizes: [],
    globals: { Path2D: class Path2D {}, ImageData: class ImageData {} },
    contextOf(owner) {
      if (!contexts.has(owner)) contexts.set(owner, rememberingContext());
      return contexts.get(owner);
    },
    resized(owner) { this.resizes.push([owner.width, owner.height]); },
    dataURL: (_owner, type = 'image/png') => `data:${type};base64,AAEC`,
    setScreen(owner) { shown = owner; },
    screen: () => shown,
  };
}

function imagesIn(kernel) {
  const attached = new Map();
  const asked = [];
  return {
    asked, attached,
    load(src, done) {
      asked.push(src);
      const isThere = src.startsWith('data:') || kernel.files.exists(kernel.files.pathOf(src) ?? '');
      kernel.clock.later(() => (isThere ? done(undefined, { width: 32, height: 16 }) : done(new Error('no image'))));
    },
    attach: (image, picture) => attached.set(image, picture),
  };
}
