// Who answers, how they agree, and whether a side is favoured.
import { byId, h, setText } from "./dom.js";
import { count, decimal, interval, percent } from "./format.js";
import { People } from "./people.js";

/** An interval on a line from one number to another, with a mark where nothing would be amiss. */
function span(value, from, to, mark) {
  const place = (at) => `${(100 * (Math.min(to, Math.max(from, at)) - from)) / (to - from)}%`;
  const bar = h("span", { class: "span", "aria-hidden": "true" }, h("span", { class: "span-mark" }), h("span", { class: "span-range" }), h("span", { class: "span-value" }));
  const [reference, range, dot] = bar.children;
  reference.style.left = place(mark);
  range.style.left = place(value.lower ?? value.value);
  range.style.right = `calc(100% - ${place(value.upper ?? value.value)})`;
  dot.style.left = place(value.value);
  return bar;
}

function verdictOf(share) {
  if (share.lower > 0.5) {
    return "The left side is favoured.";
  }
  return share.upper < 0.5 ? "The right side is favoured." : "No sign that a side is favoured.";
}

export class Annotators {
  #people;

  constructor(changed) {
    this.#people = new People(changed);
  }

  /** How many the next answer should list. */
  get most() {
    return this.#people.most;
  }

  show(progress) {
    this.#agreement(progress.agreement);
    this.#bias(progress.positionBias);
    this.#people.show(progress);
  }

  #agreement({ alpha, raw, comparisons, verdicts }) {
    byId("agreement-span").replaceChildren(alpha === null ? "" : span(alpha, -1, 1, 0));
    setText(byId("agreement-value"), alpha === null ? "Not known yet" : interval(alpha, (value) => decimal(value, 2)));
    setText(
      byId("agreement-note"),
      comparisons === 0
        ? "It takes comparisons with two verdicts: set overlap above 1, or import judgements."
        : `Krippendorff's α from ${count(verdicts)} verdicts on ${count(comparisons)} comparisons; 1 is perfect, 0 is chance. Alike: ${interval(raw, (value) => percent(value, 0))} of pairs.`,
    );
  }

  #bias({ left, right, leftShare }) {
    byId("bias-span").replaceChildren(leftShare === null ? "" : span(leftShare, 0, 1, 0.5));
    setText(byId("bias-value"), leftShare === null ? "Not known yet" : interval(leftShare, (value) => percent(value)));
    setText(byId("bias-note"), leftShare === null ? "It takes decided verdicts." : `${count(left)} chose the left, ${count(right)} the right. ${verdictOf(leftShare)}`);
  }
}
