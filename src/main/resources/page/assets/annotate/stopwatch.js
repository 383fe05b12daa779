// Measures how long a person looked: not while the page is hidden, and not for more than a minute after the last move.

const PATIENCE_MS = 60_000;
const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel", "scroll", "touchstart"];

let lastSign = performance.now();
const listeners = new Set();

function seen() {
  const now = performance.now();
  const back = now - lastSign > PATIENCE_MS;
  if (back) {
    listeners.forEach((listener) => listener());
  }
  lastSign = now;
}

for (const sign of SIGNS) {
  addEventListener(sign, seen, { capture: true, passive: true });
}

/** Whether somebody is there. */
export function isAttended() {
  return !document.hidden && performance.now() - lastSign <= PATIENCE_MS;
}

export class Stopwatch {
  #counted = 0;
  #since = null;

  start() {
    seen();
    this.#begin();
    listeners.add(this.#pause);
    document.addEventListener("visibilitychange", this.#visibility);
  }

  /** Ends the look; gives the milliseconds of all looks. */
  stop() {
    this.#add();
    this.#since = null;
    listeners.delete(this.#pause);
    document.removeEventListener("visibilitychange", this.#visibility);
    return Math.round(this.#counted);
  }

  #add() {
    if (this.#since !== null) {
      const until = Math.min(performance.now(), lastSign + PATIENCE_MS);
      this.#counted += Math.max(0, until - this.#since);
    }
  }

  #begin() {
    this.#since = document.hidden ? null : performance.now();
  }

  /** Somebody is back after a while: what was between does not count. */
  #pause = () => {
    this.#add();
    this.#begin();
  };

  #visibility = () => {
    this.#add();
    this.#begin();
    if (!document.hidden) {
      lastSign = performance.now();
    }
  };
}
