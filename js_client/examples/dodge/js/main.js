let spawning = null; // timers
let counting = null;
let unshielding = null;
let last = 0;

function begin() {
  phase = 'playing';
  score = 0;
  pause = 600;
  things = [];
  player = { x: WIDTH / 2, y: HEIGHT - 24, speed: 0, radius: 14, shielded: false };
  spawning = setInterval(spawn, pause);
  counting = setInterval(count, 1000);
  last = performance.now();
  showScore();
  showPanels();
  requestAnimationFrame(frame);
}

function end() {
  phase = 'over';
  clearInterval(spawning);
  clearInterval(counting);
  clearTimeout(unshielding);
  const isRecord = score > best;
  if (isRecord) {
    best = score;
    localStorage.setItem('dodge-best', best);
  }
  document.querySelector('#ending .result').textContent = score;
  document.querySelector('#ending .record').classList.toggle('hidden', !isRecord);
  showScore();
  showPanels();
}

// Every second that is survived counts, and the rocks come a little faster.
function count() {
  score += 1;
  pause = Math.max(180, pause * 0.97);
  clearInterval(spawning);
  spawning = setInterval(spawn, pause);
  showScore();
}

function spawn() {
  const chance = Math.random();
  const kind = chance < 0.72 ? 'rock' : chance < 0.97 ? 'coin' : 'shield';
  const { radius } = KINDS[kind];
  things.push({
    kind,
    radius,
    x: radius + Math.random() * (WIDTH - 2 * radius),
    y: -radius,
    speed: 90 + Math.random() * 110,
  });
}

function frame(now) {
  if (phase !== 'playing') return;
  const seconds = Math.min(now - last, 50) / 1000; // a tab that slept does not jump
  last = now;
  run(seconds);
  for (const thing of things) thing.y += thing.speed * seconds;
  things.filter(meetsPlayer).forEach(meet);
  things = things.filter((thing) => !thing.taken && thing.y < HEIGHT + thing.radius);
  drawField();
  if (phase === 'playing') requestAnimationFrame(frame);
}

function run(seconds) {
  const direction = (pressed[RIGHT] ? 1 : 0) - (pressed[LEFT] ? 1 : 0);
  player.speed += (direction * 320 - player.speed) * Math.min(1, seconds * 14);
  player.x += player.speed * seconds;
  player.x = Math.max(player.radius, Math.min(WIDTH - player.radius, player.x));
}

function meetsPlayer(thing) {
  return Math.hypot(thing.x - player.x, thing.y - player.y) < thing.radius + player.radius;
}

function meet(thing) {
  thing.taken = true;
  if (thing.kind === 'coin') {
    score += 5;
    showScore();
  } else if (thing.kind === 'shield') {
    protect();
  } else if (!player.shielded) {
    end();
  }
}

function protect() {
  player.shielded = true;
  showPanels();
  clearTimeout(unshielding);
  unshielding = setTimeout(() => {
    player.shielded = false;
    showPanels();
  }, SHIELD_TIME);
}

window.addEventListener('load', () => {
  showScore();
  showPanels();
  drawField();
});
