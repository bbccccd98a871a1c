import type { LabSnapshot } from '../connection/snapshot-store.ts';
import { workbenchParts } from '../connection/workbench-parts.ts';

/** An element of the page that is drawn anew whenever the page learns something of the lab. */
export abstract class WatchingElement extends HTMLElement {
  #end: (() => void) | undefined;

  connectedCallback(): void {
    // A router may connect an element only briefly, so start only if it is still connected.
    queueMicrotask(() => {
      if (!this.isConnected || this.#end !== undefined) return;
      this.begin();
      this.#end = workbenchParts().store.watch((now) => this.draw(now));
    });
  }

  disconnectedCallback(): void {
    this.#end?.();
    this.#end = undefined;
  }

  /** Called once before the first drawing, each time the element stays in the page. */
  protected begin(): void {}

  protected abstract draw(now: LabSnapshot): void;
}
