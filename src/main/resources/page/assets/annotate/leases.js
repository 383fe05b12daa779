// Prolongs the lease of what is shown while somebody is at it.
import { Problem, send } from "../http.js";
import { isAttended } from "./stopwatch.js";

const LOOK_MS = 400;
const PAUSE_MS = 5_000;

/** Watches what current() gives; calls ran() once for a lease that has run out. */
export function watch({ current, left, leaseSeconds, ran }) {
  let asking = false;
  let notBefore = 0;

  async function renew(item) {
    asking = true;
    try {
      const answer = await send(`/leases/${encodeURIComponent(item.lease)}/renewal`, { method: "POST" });
      item.expiresAt = (await answer.json()).expiresAt;
    } catch (failure) {
      if (failure instanceof Problem && !failure.passes && failure.status !== 401) {
        item.ended = true;
      } else {
        notBefore = performance.now() + PAUSE_MS;
      }
    } finally {
      asking = false;
    }
  }

  setInterval(() => {
    const item = current();
    if (item === null || item.told || asking) {
      return;
    }
    const milliseconds = left(item);
    if (item.ended || milliseconds <= 0) {
      item.told = true;
      ran();
    } else if (milliseconds < leaseSeconds * 500 && performance.now() >= notBefore && isAttended()) {
      renew(item);
    }
  }, LOOK_MS);
}
