import '@xterm/xterm/css/xterm.css';
import { XtermScreen } from '../../../src/client/terminal/xterm-screen.ts';

/** The product's own screen on a plain websocket. The socket is opened once the screen can draw, since nothing is sent twice. */
async function terminal(host: HTMLElement): Promise<XtermScreen> {
  const encoder = new TextEncoder();
  let socket: WebSocket | undefined;
  let resize = (): void => undefined;
  const screen = await XtermScreen.open(
    host,
    {
      typed: (text) => socket?.send(encoder.encode(text)),
      typedBytes: (text) => socket?.send(encoder.encode(text)),
      resized: () => resize(),
      ran: () => undefined,
      key: () => false,
    },
    host.id,
  );
  const line = new WebSocket(`ws://${location.host}/`);
  line.binaryType = 'arraybuffer';
  line.onopen = () => {
    socket = line;
    resize = () => line.send(JSON.stringify(screen.size));
    resize();
  };
  line.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => screen.write(new Uint8Array(data), () => undefined);
  return screen;
}

const [one, two] = ['one', 'two'].map((id) => document.getElementById(id));
if (one && two) {
  const screen = await terminal(one);
  Reflect.set(window, 'terminalText', () => screen.text);
  Reflect.set(window, 'openSecond', async (line: string) => {
    // Hidden, as a background tab of the product is.
    const hidden = await XtermScreen.open(
      two,
      { typed: () => undefined, typedBytes: () => undefined, resized: () => undefined, ran: () => undefined, key: () => false },
      'two',
    );
    const second = new WebSocket(`ws://${location.host}/`);
    second.binaryType = 'arraybuffer';
    second.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => hidden.write(new Uint8Array(data), () => undefined);
    second.onopen = () => second.send(new TextEncoder().encode(`${line}\r`));
    screen.focus();
  });
  screen.focus();
}
