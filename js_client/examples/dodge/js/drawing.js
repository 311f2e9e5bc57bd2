const field = document.getElementById('field');
const brush = field.getContext('2d');
const label = document.querySelector('#score');

function drawField() {
  brush.clearRect(0, 0, field.width, field.height);
  brush.fillStyle = '#454f60';
  brush.fillRect(0, HEIGHT - 10, WIDTH, 10);
  for (const thing of things) drawDisc(thing, KINDS[thing.kind].colour);
  drawDisc(player, '#e8ecf4');
  if (!player.shielded) return;
  brush.strokeStyle = KINDS.shield.colour;
  brush.lineWidth = 3;
  brush.beginPath();
  brush.arc(player.x, player.y, player.radius + 6, 0, Math.PI * 2);
  brush.stroke();
}

function drawDisc({ x, y, radius }, colour) {
  brush.fillStyle = colour;
  brush.beginPath();
  brush.arc(x, y, radius, 0, Math.PI * 2);
  brush.fill();
}

function showScore() {
  label.textContent = score;
  document.getElementById('best').innerText = best;
}

function showPanels() {
  document.getElementById('welcome').classList.toggle('hidden', phase !== 'welcome');
  document.getElementById('ending').classList.toggle('hidden', phase !== 'over');
  document.getElementById('shield').className = player.shielded ? '' : 'hidden';
}
