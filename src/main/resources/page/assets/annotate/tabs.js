// Tabs of one annotator share leases: each tells the others what it shows and what it has answered.

export class Tabs extends EventTarget {
  #channel;
  #me = crypto.getRandomValues(new Uint32Array(2)).join("-");
  #shown = null;
  #elsewhere = new Map();

  constructor(project, annotator) {
    super();
    this.#channel = new BroadcastChannel(`tiebreak.${project}.${annotator}`);
    this.#channel.addEventListener("message", ({ data }) => this.#hear(data));
    addEventListener("pagehide", () => this.#say({ type: "shows", lease: null }));
  }

  /** Asks the others what they show, and waits until they can have said. */
  async meet() {
    this.#say({ type: "who" });
    await new Promise((resolve) => setTimeout(resolve, 60));
  }

  /** Leases that other tabs show. */
  get elsewhere() {
    return new Set(this.#elsewhere.values());
  }

  shows(lease) {
    this.#shown = lease;
    this.#say({ type: "shows", lease });
  }

  answered(lease) {
    this.#say({ type: "answered", lease });
  }

  #say(message) {
    this.#channel.postMessage({ ...message, tab: this.#me });
  }

  #hear({ type, tab, lease }) {
    if (type === "who") {
      this.#say({ type: "shows", lease: this.#shown });
    } else if (type === "shows" && lease === null) {
      this.#elsewhere.delete(tab);
    } else if (type === "shows") {
      this.#elsewhere.set(tab, lease);
    }
    if (lease != null) {
      this.dispatchEvent(new CustomEvent(type, { detail: lease }));
    }
  }
}
