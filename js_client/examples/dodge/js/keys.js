// Which keys are down. Old browsers know keyCode only.
const pressed = {};
const LEFT = 37;
const RIGHT = 39;

document.addEventListener('keydown', (event) => {
  if (event.keyCode === LEFT || event.keyCode === RIGHT) event.preventDefault();
  pressed[event.keyCode] = true;
  if (event.key === 'Enter' && phase !== 'playing') begin();
});

document.addEventListener('keyup', (event) => {
  pressed[event.keyCode] = false;
});

window.onblur = () => {
  pressed[LEFT] = pressed[RIGHT] = false;
};
