import '@xterm/xterm/css/xterm.css';
import { XtermScreen } from '../../../src/client/terminal/xterm-screen.ts';

/** The product's own screen, wired to a websocket by the shortest way. */
async function terminal(host: HTMLElement): Promise<XtermScreen> {
  const socket = new WebSocket(`ws://${location.host}/`);
  socket.binaryType = 'arraybuffer';
  const encoder = new TextEncoder();
  const screen = await XtermScreen.open(
    host,
    {
      typed: (text) => socket.send(encoder.encode(text)),
      typedBytes: (text) => socket.send(encoder.encode(text)),
      resized: () => resize(),
      key: () => false,
    },
    host.id,
  );
  const resize = (): void => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(screen.size));
  };
  socket.onopen = resize;
  socket.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => screen.write(new Uint8Array(data), () => undefined);
  return screen;
}

const [one, two] = ['one', 'two'].map((id) => document.getElementById(id));
if (one && two) {
  const screen = await terminal(one);
  Reflect.set(window, 'terminalText', () => screen.text);
  Reflect.set(window, 'openSecond', async (line: string) => {
    // Where it is not seen, as the tab of the product that is not in front.
    const second = new WebSocket(`ws://${location.host}/`);
    second.binaryType = 'arraybuffer';
    const hidden = await XtermScreen.open(
      two,
      { typed: () => undefined, typedBytes: () => undefined, resized: () => undefined, key: () => false },
      'two',
    );
    second.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => hidden.write(new Uint8Array(data), () => undefined);
    second.onopen = () => second.send(new TextEncoder().encode(`${line}\r`));
    screen.focus();
  });
  screen.focus();
}
