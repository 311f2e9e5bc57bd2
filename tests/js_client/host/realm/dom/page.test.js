import assert from 'node:assert/strict';
import { test } from 'node:test';

import { onPage, opened, stepped } from './pages.js';

test('the global object is the window', () => {
  assert.deepEqual(onPage('[window === globalThis, self === window, top === window, frames === window, window instanceof Window, window instanceof EventTarget, Object.prototype.toString.call(window), this === window]'), [true, true, true, true, true, true, '[object Window]', true]);
});

const CLASSES = `Window Document HTMLDocument Node Element HTMLElement HTMLDivElement HTMLCanvasElement HTMLImageElement HTMLInputElement HTMLScriptElement HTMLAudioElement
  HTMLVideoElement SVGElement Text Comment DocumentFragment NodeList HTMLCollection DOMTokenList CSSStyleDeclaration Event CustomEvent MouseEvent KeyboardEvent TouchEvent
  PointerEvent WheelEvent EventTarget Image Audio Option XMLHttpRequest WebSocket Headers Request Response Blob File FileReader FormData URL URLSearchParams
  AbortController DOMException MutationObserver IntersectionObserver ResizeObserver Storage DOMParser XMLSerializer DOMRect AudioContext webkitAudioContext FontFace MessageChannel
  Path2D ImageData CanvasRenderingContext2D Touch TextEncoder TextDecoder`.split(/\s+/);
test('classes of the web are there', () => {
  assert.deepEqual(onPage(`${JSON.stringify(CLASSES)}.filter((name) => typeof window[name] !== 'function')`), []);
});

const FUNCTIONS = `addEventListener removeEventListener dispatchEvent setTimeout setInterval clearTimeout requestAnimationFrame cancelAnimationFrame requestIdleCallback fetch alert confirm
  prompt getComputedStyle matchMedia scrollTo postMessage open close focus getSelection queueMicrotask structuredClone atob btoa`.split(/\s+/);
test('functions of the web are there', () => {
  assert.deepEqual(onPage(`${JSON.stringify(FUNCTIONS)}.filter((name) => typeof window[name] !== 'function')`), []);
});

test('nothing of Node is there', () => {
  assert.deepEqual(onPage("['process', 'require', 'global', 'Buffer', 'module', 'setImmediate'].filter((name) => name in window && name !== 'setImmediate')"), []);
});

test('what is made by new is what the page has', () => {
  assert.deepEqual(onPage('[new Image() instanceof HTMLImageElement, new Audio() instanceof HTMLAudioElement, new Option("x").text, new Image().tagName]'), [true, true, 'x', 'IMG']);
});

test('an error that nobody catches is told to the window, and reported', () => {
  const { info, fidelity } = opened(
    '<script>var told = []; onerror = (message, file, line, column, error) => { told.push(message, line, error.name); return true; }; addEventListener("error", (e) => told.push(e.message, e.error === undefined));</script><script>\nmissing.thing</script>',
    {}, { info: { value: 'JSON.stringify(told)' } },
  );
  assert.deepEqual(JSON.parse(info.value), ['Uncaught ReferenceError: missing is not defined', 2, 'ReferenceError', 'Uncaught ReferenceError: missing is not defined', false]);
  assert.match(fidelity.errors[0], /missing is not defined/);
});

test('hooks.fire tells elements of a selector, the window or the document', () => {
  const html = '<p class="a"></p><p class="a"></p><script>var told = []; for (const p of document.querySelectorAll("p")) p.ontransitionend = () => told.push("p"); addEventListener("resize", (e) => told.push(e.target === window)); document.addEventListener("pause", () => told.push("d"));</script>';
  const fire = [{ event: 'transitionend', target: '.a', frame: 1 }, { event: 'resize', frame: 2 }, { event: 'pause', target: 'document', frame: 2 }];
  assert.deepEqual(stepped('told.splice(0)', html, [0, 0, 0], { hooks: { patches: [], peek: {}, fire } }), [['p', 'p'], [true, 'd'], []]);
});

test('a prelude runs before the page, in its window', () => {
  assert.deepEqual(onPage('seen', '<script>var seen = [early, typeof document]</script>', {}, { hooks: { patches: [], peek: {}, fire: [], prelude: 'window.early = document.readyState' } }), ['loading', 'object']);
});

test('a script may be the entry, and gets an empty page', () => {
  assert.deepEqual(onPage('[document.title, started]', '', { 'game.js': 'var started = document.body !== null;' }, { entry: 'game.js' }), ['', true]);
});

test('a realm’s page knows nothing of another’s', () => {
  const html = '<script>window.leak = Node.prototype.leak = URL.leak = URL.prototype.leak = 1; document.title = "x";</script>';
  opened(html);
  assert.deepEqual(onPage('[typeof leak, typeof Node.prototype.leak, typeof URL.leak, document.title]'), ['undefined', 'undefined', 'undefined', '']);
});

test('there are no workers: who looks first sees that, who does not is told in the report', () => {
  const { fidelity } = opened('<script>if (window.Worker) nothing();</script><script>new Worker("w.js")</script>');
  assert.match(fidelity.errors[0], /Worker is not defined/);
  assert.equal(fidelity.errors.length, 1);
});
