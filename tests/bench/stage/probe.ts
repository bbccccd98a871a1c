import type { Page } from '@playwright/test';
import { within } from '../within.ts';

/** The probe's result, in milliseconds since the key was pressed. */
export interface Echo {
  /** The page received the first output on the websocket that sent the key. */
  readonly arrived: number;
  /** The first frame that can show the output has been drawn. */
  readonly drawn: number;
}

/** Observes keys and websockets before the page does, so that all pages are measured the same way. Call before `goto`. */
export async function probe(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const waiting: { at: number; socket: WebSocket | null; marker: string; done: (echo: unknown) => void }[] = [];
    const tail = new WeakMap<WebSocket, string>();
    addEventListener(
      'keydown',
      (event) => {
        const [first] = waiting;
        if (first && first.at === 0) first.at = event.timeStamp;
      },
      { capture: true },
    );
    const heard = (socket: WebSocket, data: ArrayBuffer): void => {
      const text = new TextDecoder('latin1').decode(data.slice(-256));
      const end = ((tail.get(socket) ?? '') + text).slice(-256);
      tail.set(socket, end);
      const [first] = waiting;
      if (!first || first.at === 0 || first.socket !== socket || !end.includes(first.marker)) return;
      const arrived = performance.now() - first.at;
      waiting.shift();
      requestAnimationFrame(() => requestAnimationFrame(() => first.done({ arrived, drawn: performance.now() - first.at })));
    };
    class Listened extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols);
        this.addEventListener('message', ({ data }) => {
          if (data instanceof ArrayBuffer) heard(this, data);
        });
      }
      override send(data: Parameters<WebSocket['send']>[0]): void {
        const [first] = waiting;
        if (first && first.at > 0 && first.socket === null && typeof data !== 'string') {
          first.socket = this;
          tail.set(this, '');
        }
        super.send(data);
      }
    }
    window.WebSocket = Listened;
    Reflect.set(window, 'expectEcho', (marker: string) => {
      const { promise, resolve } = Promise.withResolvers<unknown>();
      waiting.splice(0, waiting.length, { at: 0, socket: null, marker, done: resolve });
      Reflect.set(window, 'echo', promise);
    });
  });
}

/** Presses a key; resolves once output containing `marker` has arrived. */
export async function press(page: Page, key: string, { marker = '', withinMs = 10_000 } = {}): Promise<Echo> {
  // The page must listen for the echo before the key is pressed.
  await page.evaluate((text) => (Reflect.get(window, 'expectEcho') as (marker: string) => void)(text), marker);
  await page.keyboard.press(key);
  const echo = page.evaluate(() => Reflect.get(window, 'echo') as Promise<Echo>);
  return within(echo, withinMs, `the echo of ${key}`);
}
