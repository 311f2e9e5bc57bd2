const STARS = 10;

class Play extends Phaser.Scene {
  constructor() {
    super('play');
  }

  preload() {
    this.load.image('star', 'assets/star.png');
  }

  create() {
    if (!this.textures.exists('player')) drawTextures(this);
    this.isOver = false;
    this.score = 0;
    this.registry.set('score', 0);

    const ground = this.physics.add.staticGroup();
    for (let x = 80; x < 640; x += 160) ground.create(x, 468, 'ground');
    ground.create(520, 340, 'ground');
    ground.create(110, 260, 'ground');
    ground.create(380, 180, 'ground');

    this.player = this.physics.add.sprite(100, 400, 'player').setName('player').setBounce(0.1).setCollideWorldBounds(true);
    this.stars = this.physics.add.group({ key: 'star', repeat: STARS - 1, setXY: { x: 32, y: 0, stepX: 64 } });
    this.stars.children.iterate((star) => {
      star.setBounceY(Phaser.Math.FloatBetween(0.3, 0.7));
      return true;
    });
    this.bombs = this.physics.add.group();

    this.scoreText = this.add.text(12, 10, 'Score 0', { fontSize: '22px', color: '#ffffff' });
    this.message = this.add.text(320, 210, '', { fontSize: '28px', color: '#ffffff', align: 'center' }).setOrigin(0.5).setDepth(1);

    this.physics.add.collider(this.player, ground);
    this.physics.add.collider(this.stars, ground);
    this.physics.add.collider(this.bombs, ground);
    this.physics.add.overlap(this.player, this.stars, this.collect, null, this);
    this.physics.add.collider(this.player, this.bombs, this.hit, null, this);

    this.cursors = this.input.keyboard.createCursorKeys();
    this.input.keyboard.on('keydown-SPACE', () => {
      if (this.isOver) this.scene.restart();
    });
    this.dropBomb();
  }

  update() {
    if (this.isOver) return;
    const direction = (this.cursors.right.isDown ? 1 : 0) - (this.cursors.left.isDown ? 1 : 0);
    this.player.setVelocityX(direction * 190);
    if (this.cursors.up.isDown && this.player.body.touching.down) this.player.setVelocityY(-400);
  }

  collect(player, star) {
    star.disableBody(true, true);
    this.score += 1;
    this.registry.set('score', this.score);
    this.scoreText.setText(`Score ${this.score}`);
    if (this.stars.countActive(true) > 0) return;
    this.stars.children.iterate((one) => {
      one.enableBody(true, one.x, 0, true, true);
      return true;
    });
    this.dropBomb();
  }

  /** On the side where the player is not. */
  dropBomb() {
    const x = this.player.x < 320 ? Phaser.Math.Between(340, 620) : Phaser.Math.Between(20, 300);
    const bomb = this.bombs.create(x, 20, 'bomb');
    bomb.setName('bomb').setBounce(1).setCollideWorldBounds(true);
    bomb.setVelocity(Phaser.Math.RND.sign() * Phaser.Math.Between(80, 180), 60);
    bomb.body.setAllowGravity(false);
  }

  hit(player) {
    this.isOver = true;
    this.physics.pause();
    player.setTint(0xd0495b);
    this.cameras.main.shake(200, 0.01);
    this.tweens.add({ targets: player, alpha: 0.4, duration: 150, yoyo: true, repeat: 2 });
    this.time.delayedCall(500, () => this.message.setText('Boom!\nSpace to play again'));
  }
}
