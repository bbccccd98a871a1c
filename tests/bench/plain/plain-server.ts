import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { spawn } from 'node-pty';
import { type WebSocket, WebSocketServer } from 'ws';

/**
 * The baseline for the terminal: node-pty connected to ws, and the same screen in its page. Each connection gets a shell.
 * Runs as a process of its own; the first line it prints is its port.
 */
const STOP_AT_BYTES = 8 * 2 ** 20;
const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>plain</title><link rel="stylesheet" href="/page.css">
<style>body{margin:0}#one,#two{width:800px;height:600px}[hidden]{display:none}</style><div id="one"></div><div id="two" hidden></div><p id="sortie-du-terminal"></p>
<script type="module" src="/page.js"></script></html>`;

const bundle = await build({
  entryPoints: { page: resolve(import.meta.dirname, 'page.ts') },
  bundle: true,
  format: 'esm',
  write: false,
  outdir: '/',
  minify: true,
});
const files = new Map(bundle.outputFiles.map(({ path, contents }) => [path, contents]));

const http = createServer((request, response) => {
  const file = files.get(request.url ?? '');
  const type = request.url?.endsWith('.css') ? 'text/css' : file ? 'text/javascript' : 'text/html';
  response.writeHead(200, { 'content-type': type }).end(file ?? PAGE);
});
new WebSocketServer({ server: http }).on('connection', shell);
http.listen(0, '127.0.0.1', () => process.stdout.write(`${(http.address() as AddressInfo).port}\n`));

function shell(socket: WebSocket): void {
  const env = { PATH: process.env.PATH ?? '', HOME: '/tmp', TERM: 'xterm-256color', PS1: '$ ', LANG: 'C.UTF-8' };
  const pty = spawn('bash', ['--norc', '--noprofile'], { cols: 80, rows: 24, env, encoding: null });
  pty.onData((data) => {
    socket.send(data);
    if (socket.bufferedAmount > STOP_AT_BYTES) pauseUntilSent(socket, pty);
  });
  socket.on('message', (data, binary) => {
    if (binary) return pty.write(String(data));
    const { cols, rows } = JSON.parse(String(data));
    pty.resize(cols, rows);
  });
  socket.on('close', () => pty.kill());
}

/** Without this, a client slower than the shell would fill this process's memory. */
function pauseUntilSent(socket: WebSocket, pty: ReturnType<typeof spawn>): void {
  pty.pause();
  const timer = setInterval(() => {
    if (socket.bufferedAmount > STOP_AT_BYTES / 2) return;
    clearInterval(timer);
    pty.resume();
  }, 5);
}
