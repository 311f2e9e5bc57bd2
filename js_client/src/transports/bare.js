/**
 * A transport over Node's bare sockets. With Node's own WebSocket a round trip takes a tenth longer, and one of 20 kB a
 * quarter: it masks byte by byte, and dispatches events.
 */

import { BadFrame, BINARY, CLOSE, framed, frameReader, PING, PONG, TEXT } from './frames.js';

/** @typedef {import('./index.js').Handlers} Handlers */
/** @typedef {{net: typeof import('node:net'), tls: typeof import('node:tls'), crypto: typeof import('node:crypto')}} Modules */

/** Milliseconds that the other side has for its part of closing. */
const CLOSING = 3000;
/** Bytes of an answer to the handshake. */
const LONGEST_ANSWER = 16384;
/** What RFC 6455 wants hashed together with the key. */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/**
 * @param {Modules} modules
 * @returns {import('./index.js').Transport}
 */
export function bare(modules) {
  return (url, subprotocol, handlers) => new Connection(modules, new URL(url), subprotocol, handlers);
}

/** One connection; `send` and `close` are those of a link. */
class Connection {
  /** @param {Modules} modules @param {URL} url @param {string} subprotocol @param {Handlers} handlers */
  constructor(modules, url, subprotocol, handlers) {
    this.crypto = modules.crypto;
    this.mask = maskSource(modules.crypto);
    this.handlers = handlers;
    this.subprotocol = subprotocol;
    this.key = modules.crypto.randomBytes(16).toString('base64');
    this.isOpen = false;
    this.isClosing = false;
    this.answer = Buffer.alloc(0);
    /** What is told at the end. @type {[number, string]} */
    this.end = [1006, ''];
    /** The fragments of a message so far. @type {Buffer[]} */
    this.parts = [];
    this.textual = false;
    this.read = frameReader((frame) => this.onFrame(frame));
    this.socket = dialled(modules, url);
    this.socket.setNoDelay(true);
    this.socket.on(url.protocol === 'wss:' ? 'secureConnect' : 'connect', () => this.socket.write(this.request(url)));
    this.socket.on('data', (/** @type {any} */ chunk) => this.onData(chunk));
    this.socket.on('error', () => this.socket.destroy());
    this.socket.on('close', () => this.onEnd());
  }

  /** @param {string|Uint8Array} data */
  send(data) {
    if (!this.isOpen || this.isClosing) return;
    if (typeof data === 'string') this.write(TEXT, Buffer.from(data));
    else this.write(BINARY, data);
  }

  /** @param {number} code @param {string} reason */
  close(code, reason) {
    if (!this.isOpen) this.socket.destroy();
    else this.sayClose(code, Buffer.from(reason));
  }

  /** @param {number} code @param {Uint8Array} reason */
  sayClose(code, reason) {
    if (this.isClosing) return;
    this.write(CLOSE, Buffer.concat([Uint8Array.of(code >> 8, code & 0xff), reason.subarray(0, 123)]));
    this.isClosing = true;
    this.timer = setTimeout(() => this.socket.destroy(), CLOSING);
  }

  /** @param {number} opcode @param {Uint8Array} payload */
  write(opcode, payload) {
    this.socket.write(framed(opcode, payload, this.mask()));
  }

  /** @param {Buffer} chunk */
  onData(chunk) {
    try {
      if (this.isOpen) this.read(chunk);
      else this.onAnswer(chunk);
    } catch (error) {
      if (!(error instanceof BadFrame)) throw error;
      this.sayClose(1002, Buffer.from(error.message));
      this.socket.destroySoon();
    }
  }

  onEnd() {
    clearTimeout(this.timer);
    this.handlers.onClose(...this.end);
  }

  // ── the handshake ──────────────────────────────────────────────────────────────────────────────────────────────────

  /** @param {URL} url */
  request({ host, pathname, search }) {
    return [
      `GET ${pathname}${search} HTTP/1.1`, `Host: ${host}`, 'Upgrade: websocket', 'Connection: Upgrade',
      `Sec-WebSocket-Key: ${this.key}`, 'Sec-WebSocket-Version: 13', `Sec-WebSocket-Protocol: ${this.subprotocol}`, '', '',
    ].join('\r\n');
  }

  /** @param {Buffer} chunk */
  onAnswer(chunk) {
    this.answer = Buffer.concat([this.answer, chunk]);
    const end = this.answer.indexOf('\r\n\r\n');
    if (end < 0 || this.refusal(this.answer.toString('latin1', 0, end))) {
      // Why we are not taken stands in the rest, which ends with the connection.
      if (this.answer.length > LONGEST_ANSWER) this.socket.destroy();
      return;
    }
    this.isOpen = true;
    this.end = [1006, ''];
    this.handlers.onOpen();
    if (this.answer.length > end + 4) this.read(this.answer.subarray(end + 4));
  }

  /** Why the answer is no consent; the empty string where it is. @param {string} head */
  refusal(head) {
    const [status, ...lines] = head.split('\r\n');
    const headers = new Map(lines.map((line) => [line.split(':', 1)[0].toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]));
    const accept = this.crypto.createHash('sha1').update(this.key + GUID).digest('base64');
    const isOurs = headers.get('sec-websocket-accept') === accept && headers.get('sec-websocket-protocol') === this.subprotocol;
    if (/^HTTP\/1\.1 101 /.test(status) && isOurs) return '';
    const words = this.answer.toString('utf8', head.length + 4).trim().split('\n', 1)[0].slice(0, 200);
    this.end = [1006, words || `the answer was ${status.slice(0, 200)}`];
    return this.end[1];
  }

  // ── messages ───────────────────────────────────────────────────────────────────────────────────────────────────────

  /** @param {import('./frames.js').Frame} frame */
  onFrame({ isFinal, opcode, payload }) {
    if (opcode >= CLOSE) this.onControl(opcode, payload);
    else this.onPart(isFinal, opcode, payload);
  }

  /** @param {number} opcode @param {Buffer} payload */
  onControl(opcode, payload) {
    if (opcode === PING && !this.isClosing) this.write(PONG, payload);
    if (opcode !== CLOSE) return;
    const code = payload.length < 2 ? 1005 : payload.readUInt16BE();
    this.end = [code, payload.toString('utf8', 2)];
    this.sayClose(code === 1005 ? 1000 : code, payload.subarray(2));
    this.socket.end();
  }

  /** @param {boolean} isFinal @param {number} opcode @param {Buffer} payload */
  onPart(isFinal, opcode, payload) {
    if ((opcode === 0) !== this.parts.length > 0) throw new BadFrame('fragments of a message, out of order');
    if (opcode) this.textual = opcode === TEXT;
    this.parts.push(payload);
    if (!isFinal) return;
    const whole = this.parts.length === 1 ? payload : Buffer.concat(this.parts);
    this.parts = [];
    this.handlers.onMessage(this.textual ? whole.toString() : bufferOf(whole));
  }
}

/** A source of masks, drawn from the system by the thousand. @param {Modules['crypto']} crypto */
function maskSource(crypto) {
  const masks = new Uint32Array(1024);
  let next = masks.length;
  return () => {
    if (next === masks.length) {
      crypto.randomFillSync(masks);
      next = 0;
    }
    return masks[next++];
  };
}

/** @param {Modules} modules @param {URL} url */
function dialled({ net, tls }, { protocol, hostname, port }) {
  const host = hostname.replace(/^\[|\]$/g, '');
  switch (protocol) {
    case 'ws:': return net.connect({ host, port: Number(port || 80) });
    case 'wss:': return tls.connect({ host, port: Number(port || 443), servername: net.isIP(host) ? undefined : host });
    default: throw new SyntaxError(`a WebSocket's URL begins with ws: or wss:, not ${protocol}`);
  }
}

/** @param {Buffer} bytes @returns {ArrayBuffer} */
function bufferOf(bytes) {
  return /** @type {ArrayBuffer} */ (bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}
