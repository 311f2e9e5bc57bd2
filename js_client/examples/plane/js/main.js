import './screen';
import Enemy from './actors/enemy';
import Explosion from './actors/explosion';
import Hero from './actors/hero';
import Background from './background';
import Board from './board';
import databus from './databus';
import Sound from './sound';

const FRAMES_BETWEEN_ENEMIES = 28;

const pen = canvas.getContext('2d');

GameGlobal.sound = new Sound();

export default class Main {
  constructor() {
    this.frameId = 0;
    this.loop = this.loop.bind(this);
    this.background = new Background();
    this.board = new Board();
    databus.hero = new Hero();
    canvas.addEventListener('touchstart', this.touched.bind(this));
    canvas.addEventListener('touchmove', this.moved.bind(this));
    canvas.addEventListener('touchend', () => databus.hero.release());
    this.start();
  }

  start() {
    cancelAnimationFrame(this.frameId);
    for (const list of [databus.shots, databus.enemies, databus.explosions]) databus.retire(list, () => true);
    databus.reset();
    databus.hero.begin();
    this.background.begin();
    GameGlobal.sound.play();
    this.frameId = requestAnimationFrame(this.loop);
  }

  pause() {
    cancelAnimationFrame(this.frameId);
    GameGlobal.sound.pause();
  }

  resume() {
    cancelAnimationFrame(this.frameId);
    this.frameId = requestAnimationFrame(this.loop);
    GameGlobal.sound.play();
  }

  touched(event) {
    event.preventDefault();
    const [finger] = event.touches;
    if (!databus.gameOver) databus.hero.follow(finger);
    else if (this.board.isOnButton(finger)) this.start();
  }

  moved(event) {
    event.preventDefault();
    if (!databus.gameOver) databus.hero.follow(event.touches[0]);
  }

  loop() {
    if (!databus.gameOver) this.update();
    this.draw();
    this.frameId = requestAnimationFrame(this.loop);
  }

  update() {
    databus.frame += 1;
    this.background.update();
    if (databus.frame % FRAMES_BETWEEN_ENEMIES === 0) this.sendEnemy();
    databus.hero.update();
    for (const thing of [...databus.shots, ...databus.enemies, ...databus.explosions]) thing.update();
    this.collide();
    databus.missed += databus.enemies.filter((enemy) => enemy.isPast).length;
    databus.retire(databus.shots, (shot) => shot.isSpent);
    databus.retire(databus.enemies, (enemy) => enemy.isDown || enemy.isPast);
    databus.retire(databus.explosions, (explosion) => explosion.isOver);
  }

  sendEnemy() {
    const enemy = databus.pool.take(Enemy);
    enemy.begin(databus.frame);
    databus.enemies.push(enemy);
  }

  collide() {
    for (const enemy of databus.enemies) {
      const shot = databus.shots.find((one) => !one.isSpent && one.touches(enemy));
      if (shot) {
        shot.isSpent = enemy.isDown = true;
        databus.score += 1;
        this.explode(enemy);
      } else if (enemy.touches(databus.hero)) {
        this.end();
        return;
      }
    }
  }

  explode({ x, y }) {
    const explosion = databus.pool.take(Explosion);
    explosion.begin(x, y);
    databus.explosions.push(explosion);
    GameGlobal.sound.explosion();
  }

  end() {
    databus.gameOver = true;
    databus.hero.visible = false;
    this.explode(databus.hero);
    wx.vibrateShort({ type: 'heavy' });
    const best = Number(localStorage.getItem('plane.best')) || 0;
    if (databus.score > best) localStorage.setItem('plane.best', databus.score);
  }

  draw() {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    this.background.draw(pen);
    for (const thing of [...databus.shots, ...databus.enemies, databus.hero, ...databus.explosions]) thing.draw(pen);
    this.board.draw(pen);
  }
}
