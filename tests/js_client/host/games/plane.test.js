import { testDrawing, testGame, testSoftReset } from './every-game.js';

testGame('plane', { score: 5 });
testSoftReset('plane');
testDrawing('plane');
