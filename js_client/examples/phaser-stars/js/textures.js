/** Shapes that need no file. */
function drawTextures(scene) {
  const pen = scene.make.graphics({}, false);

  pen.fillStyle(0x4c9f70).fillRect(0, 0, 160, 24);
  pen.fillStyle(0x6cc38f).fillRect(0, 0, 160, 5);
  pen.generateTexture('ground', 160, 24);

  pen.clear().fillStyle(0x5b8def).fillRoundedRect(0, 0, 28, 36, 8);
  pen.fillStyle(0xffffff).fillCircle(9, 12, 4).fillCircle(19, 12, 4);
  pen.generateTexture('player', 28, 36);

  pen.clear().fillStyle(0x3b3f4a).fillCircle(9, 9, 9);
  pen.fillStyle(0xd0495b).fillCircle(9, 9, 4);
  pen.generateTexture('bomb', 18, 18);

  pen.destroy();
}
