// An agent as Gymie's users wrote them: one WebSocket, one JSON request at a time, and a reply to each.
// Plays an episode of CartPole and prints what it saw.

const socket = new WebSocket(process.argv[2]);
const replies = [];
let wake = () => {};
socket.onmessage = ({ data }) => (replies.push(data), wake());
await new Promise((resolve) => (socket.onopen = resolve));

async function ask(method, params) {
  socket.send(JSON.stringify({ method, params }));
  while (!replies.length) await new Promise((resolve) => (wake = resolve));
  return replies.shift();
}

const instance_id = await ask('make', { env_id: 'CartPole-v1', seed: 3 });
const space = JSON.parse(await ask('observation_space', { instance_id }));
const actions = JSON.parse(await ask('action_space', { instance_id }));
let state = JSON.parse(await ask('reset', { instance_id }));
let total = 0;
for (let done = false, reward; !done; total += reward) {
  [state, reward, done] = JSON.parse(await ask('step', { instance_id, action: total % actions.n, render: false }));
}
const closed = JSON.parse(await ask('close', { instance_id }));
socket.close();
console.log(JSON.stringify({ high: space.high.map(Number).map(String), state, total, closed }));
