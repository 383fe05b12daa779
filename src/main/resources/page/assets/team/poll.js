// Asks again and again: not while nobody looks, and slower while the service is in trouble.
import { Problem, session } from "../http.js";

/** What a call gives, or null where this person may not ask for it. */
export async function ifAllowed(call) {
  try {
    return await call;
  } catch (problem) {
    if (problem.status === 403) {
      return null;
    }
    throw problem;
  }
}

const EVERY_MILLIS = 3000;
const LONGEST_MILLIS = 60_000;

/**
 * Reads at once and then every few seconds. `read` gives a promise; `say` hears of the state: "live", "paused",
 * "waiting" (with seconds until the next try) or "stopped" (with the problem).
 */
export class Poll {
  #read;
  #say;
  #timer = null;
  #failures = 0;
  #running = false;
  #again = false;

  constructor(read, say = () => {}) {
    this.#read = read;
    this.#say = say;
    document.addEventListener("visibilitychange", () => this.#seen());
    session.addEventListener("known", () => !document.hidden && this.now());
  }

  #seen() {
    if (document.hidden) {
      clearTimeout(this.#timer);
      this.#say("paused");
    } else {
      this.now();
    }
  }

  /** Reads now; where it is reading already, once more after that. */
  async now() {
    clearTimeout(this.#timer);
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = true;
    try {
      do {
        this.#again = false;
        await this.#read();
      } while (this.#again);
      this.#failures = 0;
      this.#say(document.hidden ? "paused" : "live");
      this.#after(EVERY_MILLIS);
    } catch (failure) {
      this.#failed(failure);
    } finally {
      this.#running = false;
    }
  }

  #failed(failure) {
    if (failure instanceof Problem && !failure.passes) {
      this.#say("stopped", failure);
      return;
    }
    if (!(failure instanceof Problem)) {
      console.error(failure); // a line that broke is told by the browser too; an error of ours must not be silent
    }
    const wait = failure.retryAfterSeconds ?? 0;
    const millis = Math.min(LONGEST_MILLIS, Math.max(1000 * wait, EVERY_MILLIS * 2 ** this.#failures));
    this.#failures++;
    this.#say("waiting", Math.round(millis / 1000));
    this.#after(millis);
  }

  #after(millis) {
    clearTimeout(this.#timer);
    if (!document.hidden) {
      this.#timer = setTimeout(() => this.now(), millis);
    }
  }
}
