/**
 * `wx.request` and its like: what is in the package is served from there, everything else fails as a network does.
 */

import { isFunction, WxFailure } from './calls.js';
import { textInEncoding } from './encodings.js';
import { createListeners } from './listeners.js';

/** @typedef {import('./wx.js').WxRoom} WxRoom */

/** @param {WxRoom} room */
export function wxNetwork({ kernel, calls, disk }) {
  let downloads = 0;
  /** @param {string} url @returns {Uint8Array} */
  const fetched = (url) => {
    const path = kernel.files.pathOf(String(url));
    const bytes = path && kernel.files.bytes(path);
    if (bytes) return bytes;
    // A query may be new each time; who is asked is what matters.
    kernel.report.note(path ? 'missing_files' : 'network', String(url).split('?', 1)[0]);
    throw new WxFailure('the network cannot be reached', { errno: 600001 });
  };
  /** @param {string} name @param {(options: any) => any} work */
  const transfer = (name, work) => (/** @type {any} */ options) => wxTransferTask(kernel, calls, name, options, work);
  return {
    request: transfer('request', ({ url, dataType = 'json', responseType = 'text' }) => ({
      data: responseType === 'arraybuffer' ? fetched(url).buffer : wxResponseData(textInEncoding(fetched(url), 'utf8') ?? '', dataType),
      statusCode: 200, header: {}, cookies: [],
    })),
    downloadFile: transfer('downloadFile', ({ url, filePath }) => {
      const bytes = fetched(url);
      if (filePath) disk.write(filePath, bytes, 'downloadFile');
      const name = `${++downloads}-${String(url).split('/').at(-1)}`;
      return { ...(filePath ? { filePath } : { tempFilePath: disk.keep(name, bytes) }), statusCode: 200, header: {} };
    }),
    uploadFile: transfer('uploadFile', ({ url }) => {
      kernel.report.note('network', String(url).split('?', 1)[0]);
      throw new WxFailure('the network cannot be reached', { errno: 600001 });
    }),
    createBufferURL: (/** @type {ArrayBuffer} */ buffer) => disk.keep(`buffer-${++downloads}`, new Uint8Array(buffer).slice()),
    revokeBufferURL: () => undefined,
  };
}

/** @param {string} text @param {string} dataType */
function wxResponseData(text, dataType) {
  if (dataType !== 'json') return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** @param {WxRoom['kernel']} kernel @param {WxRoom['calls']} calls @param {string} name @param {any} options @param {(options: any) => any} work */
function wxTransferTask(kernel, calls, name, options, work) {
  const listeners = createListeners(kernel);
  const { success, fail, complete } = options ?? {};
  let isAborted = false;
  /** @param {Function|undefined} callback */
  const guarded = (callback) => (/** @type {any} */ result) => {
    if (isAborted || !isFunction(callback)) return;
    callback(result);
  };
  kernel.clock.later(() => {
    if (isAborted) return;
    listeners.fire('HeadersReceived', { header: {}, statusCode: 200 });
    listeners.fire('ProgressUpdate', { progress: 100, totalBytesWritten: 0, totalBytesExpectedToWrite: 0 });
  });
  calls.tell(name, { ...options, success: guarded(success), fail: guarded(fail), complete: guarded(complete) }, work);
  return {
    ...listeners.functions('HeadersReceived ProgressUpdate ChunkReceived'),
    abort() {
      if (isAborted) return;
      isAborted = true;
      calls.tell(name, { fail, complete }, () => { throw new WxFailure('abort'); });
    },
  };
}
