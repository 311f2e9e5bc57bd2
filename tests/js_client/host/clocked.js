/**
 * A stand-in for a realm whose game speaks over a socket: it answers each message so many frames later.
 */

export const DESCRIPTION = {
  name: 'own game',
  limits: { step_seconds: 0.5, reset_seconds: 1, errors: 2 },
  messages: { frames: 4, most_frames: 20 },
};

/**
 * @param {object} how
 * @param {number} [how.delay] frames until an answer
 * @param {number} [how.dials] frames until the game dials; 0: while it is loaded
 * @param {(data: any, game: any) => any} [how.answer]
 */
export function clocked({ delay = 1, dials = 0, answer = (data) => data } = {}) {
  const made = [];
  /** @param {{seed: number, connect: Function}} how */
  const makeGame = ({ seed, connect }) => {
    const game = { seed, frames: 0, isDisposed: false, faults: 0, events: [], link: undefined, due: [] };
    made.push(game);
    const dial = () => {
      game.link = connect('ws://localhost:7891', [], {
        onOpen: () => game.events.push('open'),
        onMessage(data) {
          game.events.push(['message', data, game.frames]);
          game.due.push([game.frames + delay, data]);
        },
        onError: (message) => game.events.push(['error', message]),
        onClose: (code) => game.events.push(['close', code]),
      });
    };
    if (dials === 0) dial();
    return {
      advance(frames) {
        for (let i = 0; i < frames; i += 1) {
          game.frames += 1;
          if (game.frames === dials) dial();
          for (const [frame, data] of game.due.splice(0)) {
            if (frame > game.frames) game.due.push([frame, data]);
            else send(game, answer(data, game));
          }
        }
      },
      errors: () => game.faults,
      dispose() { game.isDisposed = true; },
    };
  };
  return { made, makeGame };
}

function send(game, message) {
  if (message !== undefined) game.link.send(message);
}
