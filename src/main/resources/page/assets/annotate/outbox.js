// Keeps verdicts until the service has acknowledged them, over lost connections, closed tabs and restarts, and sends
// them in the order in which they were given. All tabs share one; each verdict carries its Idempotency-Key.
import { Problem, send } from "../http.js";
import { forget, keep, kept, keptKeys } from "../storage.js";

const PAUSES_MS = [500, 1_000, 2_000, 5_000, 10_000, 30_000];

function randomKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function pause(milliseconds) {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener("online", end);
      removeEventListener("focus", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    addEventListener("online", end);
    addEventListener("focus", end);
  });
}

/** Who somebody is can change: they log in again, or are given their role back. What they decided is kept until then. */
function mayPass(problem) {
  return problem.passes || problem.status === 401 || problem.type === "forbidden";
}

/**
 * Events: `change` with `waiting` and `offline`; `taken` and `refused` with the verdict and its result or problem;
 * `forbidden` with the problem, where a verdict waits for more rights.
 */
export class Outbox extends EventTarget {
  #prefix;
  #unkept = new Map();
  #last = 0;
  #sending = false;
  #offline = false;

  constructor(annotator) {
    super();
    // no name is the beginning of another one's
    this.#prefix = `tiebreak.outbox.${encodeURIComponent(annotator)}/`;
    addEventListener("storage", (event) => event.key?.startsWith(this.#prefix) && this.#changed());
  }

  /** Verdicts that are not acknowledged, oldest first. */
  get waiting() {
    const stored = keptKeys(this.#prefix).map((key) => [key, JSON.parse(kept(key) ?? "null")]);
    return [...stored, ...this.#unkept].filter(([, verdict]) => verdict !== null).sort(([a], [b]) => (a < b ? -1 : 1));
  }

  get offline() {
    return this.#offline;
  }

  /** Whether a verdict would be lost with this page, as the browser keeps nothing. */
  get isFleeting() {
    return this.#unkept.size > 0;
  }

  add(verdict) {
    this.#last = Math.max(Date.now(), this.#last + 1);
    const name = randomKey();
    const key = `${this.#prefix}${String(this.#last).padStart(15, "0")}.${name}`;
    const kept = { ...verdict, idempotencyKey: name };
    if (!keep(key, JSON.stringify(kept))) {
      this.#unkept.set(key, kept);
    }
    this.#changed();
    this.send();
  }

  /** Sends what waits, unless this or another tab is at it already. */
  async send() {
    if (this.#sending) {
      return;
    }
    this.#sending = true;
    try {
      await this.#alone(() => this.#sendAll());
    } finally {
      this.#sending = false;
    }
    if (this.waiting.length > 0) {
      this.send();
    }
  }

  /** Where the browser has no locks between tabs, two may send one verdict: its key makes that harmless. */
  #alone(work) {
    return navigator.locks === undefined ? work() : navigator.locks.request(this.#prefix, work);
  }

  async #sendAll() {
    let failures = 0;
    for (let [next] = this.waiting; next !== undefined; [next] = this.waiting) {
      const [key, verdict] = next;
      const wait = await this.#sendOne(key, verdict);
      failures = wait === null ? 0 : failures + 1;
      if (wait !== null) {
        await pause(Math.max(wait, PAUSES_MS[Math.min(failures - 1, PAUSES_MS.length - 1)]));
      }
    }
  }

  /** Null where the verdict is through; else the milliseconds to wait at least. */
  async #sendOne(key, { idempotencyKey, ...verdict }) {
    try {
      const answer = await send("/verdicts", { method: "POST", json: verdict, headers: { "Idempotency-Key": idempotencyKey } });
      const { results } = await answer.json();
      this.#done(key, "taken", { verdict, result: results[0] });
      return null;
    } catch (failure) {
      const refused = failure instanceof Problem;
      if (refused && !mayPass(failure)) {
        this.#done(key, "refused", { verdict, problem: failure });
        return null;
      }
      if (failure.type === "forbidden") {
        this.dispatchEvent(new CustomEvent("forbidden", { detail: failure }));
      }
      this.#offline = !refused;
      this.#changed();
      return refused ? (failure.retryAfterSeconds ?? 0) * 1_000 : 0;
    }
  }

  #done(key, type, detail) {
    this.#offline = false;
    forget(key);
    this.#unkept.delete(key);
    this.#changed();
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}
