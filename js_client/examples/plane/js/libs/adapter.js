/**
 * Lends a mini-game the corner of a browser that code written for browsers expects: window, document with one canvas,
 * Image, Audio, localStorage, and touch events that arrive at the canvas.
 */
const Audio = require('./audio');
const Listeners = require('./listeners');

const info = wx.getSystemInfoSync();
const listeners = new Listeners();
const canvas = wx.createCanvas(); // the first one is the screen

function asElement(element, name) {
  element.tagName = name.toUpperCase();
  element.style = element.style || {};
  element.addEventListener = element.addEventListener || listeners.add.bind(listeners);
  element.removeEventListener = element.removeEventListener || listeners.remove.bind(listeners);
  element.getBoundingClientRect = () => ({
    left: 0, top: 0, x: 0, y: 0, right: info.windowWidth, bottom: info.windowHeight, width: info.windowWidth, height: info.windowHeight,
  });
  return element;
}

asElement(canvas, 'canvas');
canvas.id = 'screen';

const document = {
  readyState: 'complete',
  visibilityState: 'visible',
  documentElement: asElement({ clientWidth: info.windowWidth, clientHeight: info.windowHeight }, 'html'),
  head: asElement({ appendChild() {} }, 'head'),
  body: asElement({ appendChild() {}, clientWidth: info.windowWidth, clientHeight: info.windowHeight }, 'body'),
  createElement(name) {
    if (name === 'canvas') return asElement(wx.createCanvas(), name);
    if (name === 'img') return wx.createImage();
    if (name === 'audio') return new Audio();
    return asElement({ appendChild() {} }, name);
  },
  getElementById: (id) => (id === canvas.id ? canvas : null),
  getElementsByTagName: (name) => (name === 'canvas' ? [canvas] : []),
  addEventListener: listeners.add.bind(listeners),
  removeEventListener: listeners.remove.bind(listeners),
};

const localStorage = {
  get length() {
    return wx.getStorageInfoSync().keys.length;
  },
  key: (index) => wx.getStorageInfoSync().keys[index] || null,
  getItem(key) {
    const value = wx.getStorageSync(key);
    return value === '' || value === undefined ? null : String(value);
  },
  setItem: (key, value) => wx.setStorageSync(key, String(value)),
  removeItem: (key) => wx.removeStorageSync(key),
  clear: () => wx.clearStorageSync(),
};

function Image() {
  return wx.createImage();
}

function forwardTouches(wxName, type) {
  wx[wxName]((touch) => listeners.fire({
    type,
    target: canvas,
    currentTarget: canvas,
    touches: touch.touches,
    targetTouches: touch.touches,
    changedTouches: touch.changedTouches,
    timeStamp: touch.timeStamp,
    preventDefault() {},
    stopPropagation() {},
  }));
}

forwardTouches('onTouchStart', 'touchstart');
forwardTouches('onTouchMove', 'touchmove');
forwardTouches('onTouchEnd', 'touchend');
forwardTouches('onTouchCancel', 'touchcancel');

/** The simulator has a window of its own, whose properties cannot simply be assigned; a handset has none. */
function publish(values) {
  if (info.platform === 'devtools' && typeof window !== 'undefined') {
    Object.keys(values).forEach((name) => {
      const descriptor = Object.getOwnPropertyDescriptor(window, name);
      if (!descriptor || descriptor.configurable) {
        Object.defineProperty(window, name, { value: values[name], configurable: true, writable: true });
      }
    });
  } else {
    Object.assign(GameGlobal, values, { window: GameGlobal, self: GameGlobal, top: GameGlobal, parent: GameGlobal });
  }
}

publish({
  canvas,
  document,
  localStorage,
  Image,
  Audio,
  navigator: { userAgent: `wechat-minigame ${info.platform}`, language: info.language, platform: info.platform, onLine: true },
  location: { href: 'game.js', protocol: 'https:', host: 'localhost' },
  innerWidth: info.windowWidth,
  innerHeight: info.windowHeight,
  devicePixelRatio: info.pixelRatio,
  ontouchstart: null,
  addEventListener: listeners.add.bind(listeners),
  removeEventListener: listeners.remove.bind(listeners),
});
