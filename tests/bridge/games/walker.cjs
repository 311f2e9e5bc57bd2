/**
 * A small game written the way WemiEnv's games are, for `node walker.cjs ws://127.0.0.1:7891/wemi/walker`.
 *
 * A walker starts at 0 and goes left (0) or right (1); at 3 to either side the game is over. The reward is the distance
 * from the start. As in those games, a restart and each action are answered by `if`s of their own, one after the other,
 * so a restart that carried a valid action would be answered twice.
 */
globalThis.wx = require('./wx.cjs');

let position = 0;
let steps = 0;

function socketSend(obs, reward, done) {
  wx.sendSocketMessage({ data: JSON.stringify({ obs, reward, done, send_time: Date.now() }) });
}

function walk(by) {
  position += by;
  steps += 1;
  socketSend([[position], [steps]], Math.abs(position), Math.abs(position) >= 3);
}

wx.onSocketMessage((res) => {
  const { action, restart } = JSON.parse(res.data);
  if (restart === true) {
    position = 0;
    steps = 0;
    socketSend([[0], [0]], -10, false);
  }
  if (action === 0) walk(-1);
  if (action === 1) walk(1);
});

wx.onSocketClose(() => process.exit(0));
wx.connectSocket({ url: process.argv[2] });
