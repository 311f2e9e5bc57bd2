// What the game is at a moment. All lengths in pixels of the canvas, all times in milliseconds.
const WIDTH = 480;
const HEIGHT = 360;
const KINDS = {
  rock: { radius: 16, colour: '#c8553d' },
  coin: { radius: 9, colour: '#ffd23f' },
  shield: { radius: 11, colour: '#6fc3ff' },
};
const SHIELD_TIME = 4000;

let phase = 'welcome'; // welcome, playing or over
let score = 0;
let best = Number(localStorage.getItem('dodge-best') || 0);
let player = { x: WIDTH / 2, y: HEIGHT - 24, speed: 0, radius: 14, shielded: false };
let things = [];
let pause = 600; // between two rocks
