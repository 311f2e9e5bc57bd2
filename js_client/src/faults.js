/**
 * A fault of the game's: what is sent to the bridge in place of an answer.
 */

/** The codes are those of the game protocol. */
export class GameFault extends Error {
  /** @param {'GAME_ERROR'|'INVALID_OBSERVATION'|'UNSUPPORTED'} code @param {string} message */
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}
