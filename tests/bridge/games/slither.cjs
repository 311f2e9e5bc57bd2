// A game over HTTP in the form of WeScale's slither server, with rules of its own that need no chance:
// a head goes one step towards the mouse, food lies on a diagonal, and the edge of 10 is death.
// Prints the port it listens on. Paths under /bad misbehave.
const http = require("node:http");

let game = null;

const start = () => ({ x: 5, y: 5, body: [{ x: 5, y: 5 }], food: [1, 2, 3, 4, 6, 7, 8, 9], score: 200, steps: 0 });

function move(x, y) {
  game.steps += 1;
  game.x += Math.sign(x - game.x);
  game.y += Math.sign(y - game.y);
  game.body.unshift({ x: game.x, y: game.y });
  const eaten = game.x === game.y ? game.food.indexOf(game.x) : -1;
  if (eaten >= 0) {
    game.food.splice(eaten, 1);
    game.score += 10;
  } else {
    game.body.pop();
  }
}

const shown = () => ({
  foodList: game.food.map((at) => ({ foodLoc: [at, at], size: 0.5 })),
  otherSnakesList: [{ body: [{ x: 0, y: game.steps }, { x: 0, y: 0 }], size: 2.5, score: 1, name: "ab" }],
  mySnake: { body: game.body, size: 42.5, score: game.score, name: "me", x: 5, y: 5 },
  dieBool: game.x <= 0 || game.y <= 0 || game.x >= 10 || game.y >= 10,
  stepCount: game.steps,
});

const bad = {
  "/bad/html": (res) => res.end("<!DOCTYPE html><p>Hello"),
  "/bad/list": (res) => res.end("[1, 2]"),
  "/bad/huge": (res) => res.end(`{"x": "${"x".repeat(2 ** 20)}"}`),
  "/bad/slow": () => {},
  "/bad/hang-up": (res) => res.socket.destroy(),
  "/bad/empty": (res) => res.end("{}"),
  "/bad/null": (res) => res.end(JSON.stringify({ ...shown(), mySnake: { size: null, score: 1, body: [] } })),
};

const server = http.createServer((req, res) => {
  const [, verb, x, y] = req.url.split("/");
  try {
    if (bad[req.url]) return bad[req.url](res);
    if (verb === "reset") game = start();
    else if (verb === "step") move(Number(x), Number(y));
    else if (verb !== "state") return res.writeHead(404).end();
    else if (!game) return res.writeHead(500).end('{"error":"Failed to get game state"}');
    res.setHeader("Content-Type", "application/json");
    res.end(JSON.stringify(shown()));
  } catch (error) {
    res.writeHead(500, { "Content-Type": "text/html" }).end(`<!DOCTYPE html><pre>${error}</pre>`);
  }
});

server.listen(0, "127.0.0.1", () => console.log(server.address().port));
