import type Docker from 'dockerode';

const DECIDE_MS = 3000;
const REMEMBER_MS = 60_000;
/** A small image that always exists, and that the course needs first. */
const PROBE = 'debian:trixie-slim';

/** Whether the host's engine reaches the public registry. */
export interface PublicRegistry {
  /** Decided within three seconds, then cached for a minute. */
  reachable(signal: AbortSignal): Promise<boolean>;
}

/** Asks through the engine, so that the engine's proxies, mirrors and certificates are used. */
export function createPublicRegistry(docker: Docker): PublicRegistry {
  let known: { readonly answer: Promise<boolean>; readonly until: number } | null = null;
  return {
    reachable(signal) {
      if (known === null || Date.now() > known.until) {
        const asked = { answer: ask(docker, signal), until: Date.now() + REMEMBER_MS };
        known = asked;
        // The first caller aborted: do not cache that for the others.
        asked.answer.catch(() => {
          if (known === asked) known = null;
        });
      }
      return known.answer;
    },
  };
}

async function ask(docker: Docker, signal: AbortSignal): Promise<boolean> {
  try {
    await docker.getImage(PROBE).distribution({ abortSignal: AbortSignal.any([signal, AbortSignal.timeout(DECIDE_MS)]) });
    return true;
  } catch {
    signal.throwIfAborted();
    // No such name, no route, no login, or too slow: nothing can be pulled now.
    return false;
  }
}
