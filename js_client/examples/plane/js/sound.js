/** The music, and the noises over it. */
export default class Sound {
  constructor() {
    this.music = new Audio('audio/music.wav');
    this.music.loop = true;
    this.shotNoise = new Audio('audio/shot.wav');
    this.explosionNoise = new Audio('audio/explosion.wav');
  }

  play() {
    this.music.play();
  }

  pause() {
    this.music.pause();
  }

  shot() {
    this.again(this.shotNoise);
  }

  explosion() {
    this.again(this.explosionNoise);
  }

  again(noise) {
    noise.currentTime = 0;
    noise.play();
  }
}
