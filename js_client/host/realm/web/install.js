/**
 * Puts the parts of a browser that are not the document into the game's scope.
 *
 * Events and their classes are a browser's own where there is one; what talks to the clock, to storage or to a network
 * must be ours there, too. So the two come apart.
 */

import { defineAll } from '../globals.js';
import { AbortController, AbortSignal, DOMException } from './aborting.js';
import { Animation } from './animations.js';
import { AudioContext, AudioNode, OfflineAudioContext } from './audio-context.js';
import { Blob, File, FileReader, objectUrls } from './blobs.js';
import { dialogs } from './dialogs.js';
import { Event } from './event.js';
import { Headers, Request, Response, fetch } from './fetch.js';
import { FontFace, FontFaceSet } from './fonts.js';
import { FormData } from './forms.js';
import { here, soon } from './here.js';
import {
  CustomEvent, UIEvent, MouseEvent, PointerEvent, WheelEvent, DragEvent, KeyboardEvent, Touch, TouchEvent, FocusEvent,
  InputEvent, CompositionEvent, MessageEvent, ProgressEvent, ErrorEvent, PromiseRejectionEvent, CloseEvent, HashChangeEvent,
  PopStateEvent, PageTransitionEvent, StorageEvent, AnimationEvent, TransitionEvent, SubmitEvent, BeforeUnloadEvent,
  GamepadEvent, DeviceOrientationEvent, DeviceMotionEvent,
} from './interface-events.js';
import { BroadcastChannel, MessageChannel, MessagePort, postToWindow } from './messaging.js';
import { IntersectionObserver, MutationObserver, ResizeObserver } from './observers.js';
import { WebSocket } from './sockets.js';
import { Storage, localArea, sessionArea } from './storage-areas.js';
import { EventTarget } from './targets.js';
import { XMLHttpRequest, XMLHttpRequestUpload } from './xml-http-request.js';

/** What a browser has itself. @param {import('../kernel.js').Kernel} kernel */
export function installEvents(kernel) {
  const classes = {
    EventTarget, Event, Animation, AbortController, AbortSignal, DOMException, MutationObserver, Headers, Request, Response, FormData, FontFace, FontFaceSet,
  CustomEvent, UIEvent, MouseEvent, PointerEvent, WheelEvent, DragEvent, KeyboardEvent, Touch, TouchEvent, FocusEvent,
  InputEvent, CompositionEvent, MessageEvent, ProgressEvent, ErrorEvent, PromiseRejectionEvent, CloseEvent, HashChangeEvent,
  PopStateEvent, PageTransitionEvent, StorageEvent, AnimationEvent, TransitionEvent, SubmitEvent, BeforeUnloadEvent,
  GamepadEvent, DeviceOrientationEvent, DeviceMotionEvent,
  };
  defineAll(kernel.scope, classes);
  kernel.web = classes;
}

/** What must be ours also in a browser: it talks to the clock, or to somebody outside. @param {import('../kernel.js').Kernel} kernel */
export function installWeb(kernel) {
  defineAll(kernel.scope, {
    fetch, XMLHttpRequest, XMLHttpRequestUpload, WebSocket, Blob, File, FileReader, URL: objectUrls(kernel.scope.URL), Storage,
    localStorage: localArea(), sessionStorage: sessionArea(), MessageChannel, MessagePort, BroadcastChannel, postMessage: postToWindow,
    AudioContext, webkitAudioContext: AudioContext, OfflineAudioContext, AudioNode, IntersectionObserver, ResizeObserver,
    requestIdleCallback, cancelIdleCallback: kernel.clock.cancel, ...dialogs(),
  });
}

/** Always enough time is left. @param {Function} work */
function requestIdleCallback(work) {
  const deadline = { didTimeout: false, timeRemaining: () => 50 };
  return soon(() => here.kernel.run(work, undefined, [deadline]));
}
