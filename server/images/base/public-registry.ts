import type Docker from 'dockerode';

const DECIDE_MS = 3000;
const REMEMBER_MS = 60_000;
/** Small, always there, and what the course needs first. */
const PROBE = 'debian:trixie-slim';

/** Whether the host's engine reaches the public registry. */
export interface PublicRegistry {
  /** Decided within three seconds, then remembered for a minute. */
  reachable(signal: AbortSignal): Promise<boolean>;
}

/** Asks through the engine, so that its own proxies, mirrors and certificates count. */
export function createPublicRegistry(docker: Docker): PublicRegistry {
  let known: { readonly answer: Promise<boolean>; readonly until: number } | null = null;
  return {
    reachable(signal) {
      if (known === null || Date.now() > known.until) {
        const asked = { answer: ask(docker, signal), until: Date.now() + REMEMBER_MS };
        known = asked;
        // Whoever asked first gave up: that is no answer for the others.
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
    // No name, no route, no login, too slow: either way nothing can be pulled now.
    return false;
  }
}
