/**
 * A Phaser 3 game, read through its scene. Phaser comes from npm: the game's folder has no copy of it.
 *
 * The functions run inside the game; they see its scope and `stepwire`, and nothing of this file.
 */

export default {
  name: 'phaser-stars',
  kind: 'browser',
  mounts: { '/lib/phaser.js': '../../node_modules/phaser/dist/phaser.min.js' },
  screen: { width: 640, height: 480 },
  time: { frame_skip: 4 },
  action: {
    // Stand, left, right, jump, jump to the left, jump to the right.
    space: { type: 'Discrete', n: 6 },
    inputs: [
      {},
      { keys: ['ArrowLeft'], hold: true },
      { keys: ['ArrowRight'], hold: true },
      { keys: ['ArrowUp'], hold: true },
      { keys: ['ArrowUp', 'ArrowLeft'], hold: true },
      { keys: ['ArrowUp', 'ArrowRight'], hold: true },
    ],
  },
  observation: {
    // The player: place, velocity, on its feet. Then the three nearest stars and the two nearest bombs: how far to the
    // right and how far below; of bombs the velocity, too.
    space: { type: 'Box', low: -4, high: 4, shape: [19] },
    read: (stepwire) => {
      const { player } = stepwire.phaser.scene('play');
      const { velocity, touching } = player.body;
      const distance = ({ x, y }) => Math.abs(x - player.x) + Math.abs(y - player.y);
      const nearest = (texture) => stepwire.phaser.objects('play')
        .filter((one) => one.texture === texture && one.active)
        .sort((a, b) => distance(a) - distance(b));
      const place = ({ x, y }) => [(x - player.x) / 640, (y - player.y) / 480];
      const stars = nearest('star').slice(0, 3).flatMap(place);
      const bombs = nearest('bomb').slice(0, 2).flatMap((bomb) => [...place(bomb), bomb.vx / 400, bomb.vy / 400]);
      const seen = [player.x / 640, player.y / 480, velocity.x / 400, velocity.y / 400, touching.down ? 1 : 0];
      return [...seen, ...stars, ...Array(6 - stars.length).fill(0), ...bombs, ...Array(8 - bombs.length).fill(0)];
    },
  },
  reward: { read: (stepwire) => stepwire.phaser.data('score'), difference: true },
  episode: {
    terminated: (stepwire) => stepwire.phaser.scene('play').isOver,
    max_steps: 2000,
    start: [{ until: (stepwire) => Boolean(stepwire.phaser.scene('play')?.player), frames: 600 }],
  },
  info: { score: (stepwire) => stepwire.phaser.data('score') },
};
