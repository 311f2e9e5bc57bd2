new Phaser.Game({
  type: Phaser.AUTO,
  parent: 'stage',
  width: 640,
  height: 480,
  backgroundColor: '#1b2030',
  physics: {
    default: 'arcade',
    arcade: { gravity: { y: 400 }, debug: false },
  },
  scene: [Play],
});
