import databus from './databus';
import { HEIGHT, WIDTH } from './screen';

const BUTTON = { left: WIDTH / 2 - 75, top: HEIGHT / 2 + 30, width: 150, height: 48 };

/** The score above, and what is said when the game is over. */
export default class Board {
  draw(pen) {
    pen.fillStyle = '#ffffff';
    pen.font = '20px Arial';
    pen.textAlign = 'left';
    pen.fillText(`${databus.score}`, 12, 36);
    if (databus.gameOver) this.drawEnd(pen);
  }

  drawEnd(pen) {
    pen.fillStyle = 'rgba(6, 10, 24, 0.75)';
    pen.fillRect(30, HEIGHT / 2 - 110, WIDTH - 60, 220);
    pen.fillStyle = '#ffffff';
    pen.textAlign = 'center';
    pen.fillText('Shot down', WIDTH / 2, HEIGHT / 2 - 60);
    pen.fillText(`Score ${databus.score}, best ${localStorage.getItem('plane.best') || 0}`, WIDTH / 2, HEIGHT / 2 - 20);
    pen.fillStyle = '#2f9e6e';
    pen.fillRect(BUTTON.left, BUTTON.top, BUTTON.width, BUTTON.height);
    pen.fillStyle = '#ffffff';
    pen.fillText('Again', WIDTH / 2, BUTTON.top + 31);
  }

  isOnButton({ clientX, clientY }) {
    return clientX >= BUTTON.left && clientX <= BUTTON.left + BUTTON.width
      && clientY >= BUTTON.top && clientY <= BUTTON.top + BUTTON.height;
  }
}
