// Comparisons for one annotator, a few ahead of the one that is shown.
import { Problem, send } from "../http.js";

/** How many are rendered and wait: enough for the fastest fingers and a short loss of the line. */
const AHEAD = 4;
const LONGEST_WAIT_SECONDS = 25;
const OFFLINE_PAUSE_SECONDS = 2;
/** Nobody decides in less. */
const SHORTEST_MS = 500;

/** Not every browser tells when it is idle; a moment after the frame does there. */
const [whenIdle, cancelIdle] =
  "requestIdleCallback" in globalThis
    ? [(work) => requestIdleCallback(work, { timeout: 400 }), (id) => id !== null && cancelIdleCallback(id)]
    : [(work) => setTimeout(work, 50), clearTimeout];

/**
 * Events: `reached` with each answer; `arrived` when there are new ones; `empty` with the service's reason; `trouble`
 * with a failure that passes or does not.
 */
export class Supply extends EventTarget {
  #query;
  #ready = [];
  #known = new Set();
  #extra;
  #prepare;
  #filling = null;
  #again = false;
  #timer = null;
  #preparing = null;
  #clockAhead = 0;
  #ended = false;

  /** extra() tells how many live leases of this annotator are no news here; prepare(item) is called once for each. */
  constructor({ project, annotator, extra, prepare }) {
    super();
    this.#query = new URLSearchParams({ project, annotator });
    this.#extra = extra;
    this.#prepare = prepare;
    document.addEventListener("visibilitychange", () => this.#visibility());
    addEventListener("online", () => this.fill());
  }

  /** Milliseconds that a lease still has, by the service's clock. */
  left(item) {
    return Date.parse(item.expiresAt) - Date.now() - this.#clockAhead;
  }

  /** The next one, or null; those that have run out are left to others. */
  take() {
    this.#ready = this.#live();
    const taken = this.#ready.shift() ?? null;
    if (taken !== null) {
      taken.view ??= this.#prepare(taken.item);
    }
    this.fill();
    return taken;
  }

  #live() {
    return this.#ready.filter(({ item }) => this.left(item) > SHORTEST_MS);
  }

  putBack(prepared) {
    this.#ready.unshift(prepared);
  }

  /** This lease is another tab's. */
  drop(lease) {
    this.#known.add(lease);
    this.#ready = this.#ready.filter(({ item }) => item.lease !== lease);
  }

  end() {
    this.#ended = true;
    clearTimeout(this.#timer);
  }

  /** Asks for more, where there are too few and somebody is looking: a hidden page takes nothing from others. */
  fill() {
    this.#ready = this.#live();
    if (this.#ended || document.hidden || this.#ready.length >= AHEAD) {
      return;
    }
    if (this.#filling !== null) {
      this.#again = true;
      return;
    }
    clearTimeout(this.#timer);
    this.#filling = new AbortController();
    this.#ask(this.#filling.signal, null)
      .catch((failure) => this.#failed(failure))
      .finally(() => {
        this.#filling = null;
        if (this.#again) {
          this.#again = false;
          this.fill();
        }
      });
  }

  async #ask(signal, waitSeconds) {
    this.#query.set("size", Math.min(100, AHEAD + this.#extra()));
    const asked = performance.now();
    const headers = waitSeconds === null ? {} : { Prefer: `wait=${waitSeconds}` };
    const answer = await send(`/next-batch?${this.#query}`, { headers, signal });
    const date = Date.parse(answer.headers.get("Date") ?? "");
    this.#clockAhead = Number.isNaN(date) ? 0 : date - Date.now();
    const { items, reason } = await answer.json();
    this.dispatchEvent(new Event("reached"));
    const fresh = items.filter((item) => !this.#known.has(item.lease));
    for (const item of fresh) {
      this.#known.add(item.lease);
      this.#ready.push({ item, view: null });
    }
    this.#prepareNext();
    if (fresh.length > 0) {
      this.dispatchEvent(new Event("arrived"));
    } else if (this.#ready.length === 0) {
      this.dispatchEvent(new CustomEvent("empty", { detail: reason }));
      const held = (performance.now() - asked) / 1_000;
      this.#later(Math.max(1, (Number(answer.headers.get("Retry-After")) || 1) - held), waitSeconds === null);
    }
  }

  /** Makes elements of one comparison at a time, between what the person does. */
  #prepareNext() {
    cancelIdle(this.#preparing);
    const next = this.#ready.find(({ view }) => view === null);
    if (next !== undefined) {
      this.#preparing = whenIdle(() => {
        next.view ??= this.#prepare(next.item);
        this.#prepareNext();
      });
    }
  }

  /** Waits at the service first; a wait there counts for the pause that it wants. */
  #later(seconds, atOnce) {
    this.#timer = setTimeout(() => {
      if (this.#filling === null && !document.hidden && !this.#ended) {
        this.#filling = new AbortController();
        this.#ask(this.#filling.signal, LONGEST_WAIT_SECONDS)
          .catch((failure) => this.#failed(failure))
          .finally(() => (this.#filling = null));
      }
    }, atOnce ? 0 : seconds * 1_000);
  }

  #failed(failure) {
    if (failure.name === "AbortError") {
      return;
    }
    const passes = !(failure instanceof Problem) || failure.passes;
    this.dispatchEvent(new CustomEvent("trouble", { detail: { failure, passes } }));
    if (passes) {
      this.#timer = setTimeout(() => this.fill(), (failure.retryAfterSeconds ?? OFFLINE_PAUSE_SECONDS) * 1_000);
    }
  }

  #visibility() {
    if (document.hidden) {
      clearTimeout(this.#timer);
      this.#filling?.abort();
    } else {
      this.fill();
    }
  }
}
