// One comparison as elements, and how both sides are looked at.
import { plain, rendered } from "./markdown.js";
import * as differences from "./differences.js";

/** In characters: what is beyond the screen of a longer text is laid out when somebody scrolls there. */
const LONG = 10_000;

const comparison = document.getElementById("comparison-template");

function fill(target, text, absent) {
  if (text === null || text === undefined) {
    const words = document.createElement("p");
    words.className = "muted";
    words.textContent = absent;
    target.replaceChildren(words);
  } else if (text.trim() === "") {
    fill(target, null, "This text is empty.");
  } else {
    const raw = document.createElement("div");
    raw.className = "as-plain";
    raw.append(plain(text));
    const made = document.createElement("div");
    made.className = text.length > LONG ? "as-markdown is-long" : "as-markdown";
    made.append(rendered(text));
    target.replaceChildren(made, raw);
  }
}

function part(view, name) {
  return view.querySelector(`[data-part="${name}"]`);
}

/** Elements for a comparison, not yet in the page. */
export function render({ comparison: number, kind, left, right }) {
  const view = comparison.content.firstElementChild.cloneNode(true);
  view.dataset.comparison = number;
  const apart = kind === "CROSS_PROMPT" || left.prompt !== right.prompt;
  view.classList.toggle("apart", apart);
  part(view, "apart").hidden = !apart;
  part(view, "right-prompt").hidden = !apart;
  part(view, "left-prompt-name").textContent = apart ? "Prompt of the left side" : "Prompt";
  for (const [name, side] of [["left", left], ["right", right]]) {
    fill(part(view, `${name}-prompt-text`), side.prompt, "No prompt was uploaded for this response.");
    fill(part(view, `${name}-text`), side.response, `No text was uploaded for this response; its name is ${side.responseId}.`);
  }
  return view;
}

/** The place where comparisons are shown, with its switches. */
export class Stage {
  #place;
  #options = { together: true, differences: false, plain: false };
  #lead = null;
  #marking = null;

  constructor(place) {
    this.#place = place;
    place.addEventListener("scroll", (event) => this.#follow(event.target), { capture: true, passive: true });
    for (const sign of ["pointerover", "focusin", "touchstart"]) {
      place.addEventListener(sign, (event) => (this.#lead = event.target.closest(".side-text")), { passive: true });
    }
  }

  /** Shows a comparison; what differs is marked once it can be seen, as long texts take a while. */
  show(view) {
    this.clear();
    this.#place.replaceChildren(view);
    if (this.#options.differences) {
      requestAnimationFrame(() => (this.#marking = setTimeout(() => this.#mark())));
    }
  }

  clear() {
    clearTimeout(this.#marking);
    this.#place.replaceChildren();
    differences.clear();
  }

  get options() {
    return this.#options;
  }

  /** Turns a switch; gives the number of places that differ, where they are marked. */
  set(option, on) {
    this.#options[option] = on;
    this.#place.classList.toggle("is-plain", this.#options.plain);
    return this.#mark();
  }

  /** Scrolls both sides, or the one that was touched last, by so many of its heights. */
  scroll(heights) {
    const sides = [...this.#place.querySelectorAll(".side-text")];
    const first = sides.find((side) => side === this.#lead) ?? sides[0];
    this.#lead = first ?? null;
    first?.scrollBy({ top: heights * first.clientHeight });
  }

  #mark() {
    differences.clear();
    const [left, right] = this.#place.querySelectorAll(".side-text");
    if (!this.#options.differences || left === undefined) {
      return undefined;
    }
    const shown = this.#options.plain ? ".as-plain" : ".as-markdown";
    return differences.mark(left.querySelector(shown) ?? left, right.querySelector(shown) ?? right);
  }

  /** Where one side goes the other goes too, by the share of its length. */
  #follow(side) {
    if (!this.#options.together || side !== this.#lead) {
      return;
    }
    const share = side.scrollTop / Math.max(1, side.scrollHeight - side.clientHeight);
    for (const other of this.#place.querySelectorAll(".side-text")) {
      if (other !== side) {
        other.scrollTop = share * (other.scrollHeight - other.clientHeight);
      }
    }
  }
}
