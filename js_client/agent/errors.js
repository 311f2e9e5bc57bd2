/**
 * What can go wrong between an agent and a server: the four errors of the gymie client, and one for a request that the
 * server refused.
 */

/** There was no connection to be had. */
export class ConnectFailed extends Error {
  name = 'ConnectFailed';
}

/** Something was asked before `connect`, or after the connection's end. */
export class NoConnected extends Error {
  name = 'NoConnected';
}

/** The connection was closed, by either side; the message is `[code] reason`. */
export class ConnectionClosed extends Error {
  name = 'ConnectionClosed';

  /** @param {number} code of the closing handshake @param {string} reason */
  constructor(code, reason) {
    super(`[${code}] ${reason}`);
    this.code = code;
    this.reason = reason;
  }
}

/** The connection broke: it ended without a closing handshake. */
export class ConnectionError extends Error {
  name = 'ConnectionError';
}

/**
 * A request came to nothing, and the connection goes on.
 *
 * The reason is the server's (`UNKNOWN_ENV`, `INVALID_ACTION`, `EPISODE_OVER`, …), or one of ours: `TIMEOUT`,
 * `UNSUPPORTED` for what a classic server has no word for, `BAD_REPLY` for a reply that cannot be read.
 */
export class RequestFailed extends Error {
  name = 'RequestFailed';

  /** @param {string} reason to branch on @param {string} message to read @param {any} [data] what the server says besides */
  constructor(reason, message, data) {
    super(message);
    this.reason = reason;
    this.data = data;
  }
}
