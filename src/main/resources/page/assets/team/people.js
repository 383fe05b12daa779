// The people who answer: the busiest first, or in another order, or those of a name.
import { byId, h, setText } from "./dom.js";
import { count, interval, milliseconds, percent } from "./format.js";

const FEW = 20;
/** The service lists no more. */
const MOST = 1000;
const whole = (share) => percent(share, 0);

/** What a column sorts by, what it shows of a person, and what of all. */
const COLUMNS = [
  { label: "Annotator", by: (one) => one.annotator.toLowerCase(), cell: (one) => h("span", { class: "name" }, one.annotator), all: ({ annotators }) => (annotators.total === 1 ? "One annotator" : `All ${count(annotators.total)}`) },
  { label: "Verdicts", number: true, by: (one) => one.verdicts, cell: (one) => count(one.verdicts), all: ({ counts }) => count(given(counts)) },
  { label: "Skipped", number: true, by: (one) => one.skipShare, cell: (one) => whole(one.skipShare), all: ({ counts }) => whole(given(counts) === 0 ? null : (counts.verdicts.byPreference.SKIP ?? 0) / given(counts)) },
  { label: "Median time", number: true, by: (one) => one.medianDurationMs, cell: (one) => milliseconds(one.medianDurationMs), all: () => "" },
  { label: "Chose left (95 % interval)", number: true, by: (one) => one.positionBias.leftShare?.value, cell: (one) => interval(one.positionBias.leftShare, whole), all: ({ positionBias }) => interval(positionBias.leftShare, whole) },
  { label: "Agrees with others", number: true, by: (one) => one.agreement?.value, cell: (one) => interval(one.agreement, whole), all: ({ agreement }) => interval(agreement.raw, whole) },
];

function given({ verdicts }) {
  return Object.values(verdicts.byPreference).reduce((sum, some) => sum + some, 0);
}

/** What is not known comes last, whichever way. */
function compare(a, b, down) {
  if (a == null || b == null) {
    return (a == null) - (b == null);
  }
  const order = typeof a === "string" ? a.localeCompare(b, "en", { numeric: true }) : a - b;
  return down ? -order : order;
}

export class People {
  #changed;
  #all = false;
  #sorted = 1;
  #down = true;
  #name = "";
  #progress = null;
  #drawn = "";
  #heads;
  #body = h("tbody");
  #foot = h("tfoot");

  /** changed() asks the service again, as it may have to list more. */
  constructor(changed) {
    this.#changed = changed;
    this.#heads = COLUMNS.map(({ label, number }, i) =>
      h("th", { scope: "col", class: number ? "number" : null }, h("button", { type: "button", class: "sort", click: () => this.#sortBy(i) }, label)),
    );
    byId("annotators-table").replaceChildren(
      h("table", { hidden: true }, h("caption", { class: "visually-hidden" }, "Annotators; a column's button sorts by it"), h("thead", {}, h("tr", {}, this.#heads)), this.#body, this.#foot),
    );
    byId("all-annotators").addEventListener("click", () => {
      this.#all = !this.#all;
      this.#again();
    });
    byId("people-name").addEventListener("input", ({ target }) => {
      this.#name = target.value.trim().toLowerCase();
      this.#again();
    });
  }

  /** How many the next answer should list: in another order, or by name, all count. */
  get most() {
    return this.#all || this.#sorted !== 1 || !this.#down || this.#name !== "" ? MOST : FEW;
  }

  #sortBy(column) {
    this.#down = column === this.#sorted ? !this.#down : COLUMNS[column].number === true;
    this.#sorted = column;
    this.#again();
  }

  #again() {
    this.#draw();
    this.#changed();
  }

  show(progress) {
    this.#progress = progress;
    this.#draw();
  }

  #draw() {
    if (this.#progress === null) {
      return;
    }
    const { total, items } = this.#progress.annotators;
    if (items.length === 0 && total > 0) {
      return; // an answer for another section of the page
    }
    const named = items.filter((one) => one.annotator.toLowerCase().includes(this.#name));
    const { by } = COLUMNS[this.#sorted];
    const sorted = [...named].sort((a, b) => compare(by(a), by(b), this.#down));
    const shown = this.#all ? sorted : sorted.slice(0, FEW);
    byId("annotators-empty").hidden = total > 0;
    byId("annotators-table").firstElementChild.hidden = total === 0;
    byId("people-find").hidden = total <= FEW;
    byId("all-annotators").hidden = total <= FEW;
    setText(byId("all-annotators"), this.#all ? "Show fewer" : "Show all");
    setText(byId("annotators-note"), this.#note(shown.length, named.length, total));
    this.#heads.forEach((head, i) => {
      if (i === this.#sorted) {
        head.setAttribute("aria-sort", this.#down ? "descending" : "ascending");
      } else {
        head.removeAttribute("aria-sort");
      }
    });
    this.#rows(shown);
  }

  #note(shown, named, total) {
    if (this.#name !== "") {
      return named === 0 ? "Nobody has such a name." : `${count(named)} of ${count(total)} by that name${shown < named ? `, ${count(shown)} shown` : ""}.`;
    }
    const part = this.#sorted === 1 && this.#down ? " with the most verdicts" : "";
    const beyond = total > MOST && this.most === MOST ? ` Those beyond the ${count(MOST)} busiest are left out.` : "";
    return shown < total ? `The ${count(shown)} of ${count(total)}${part || ", in this order"}.${beyond}` : "";
  }

  /** Rows are made anew only where one has changed: what somebody has selected stays selected. */
  #rows(shown) {
    const text = JSON.stringify([shown, COLUMNS.map(({ all }) => all(this.#progress))]);
    if (text === this.#drawn) {
      return;
    }
    this.#drawn = text;
    const kind = ({ number }) => ({ class: number ? "number" : null });
    this.#body.replaceChildren(...shown.map((one) => h("tr", {}, COLUMNS.map((column, i) => h(i === 0 ? "th" : "td", { ...kind(column), scope: i === 0 ? "row" : null }, column.cell(one))))));
    this.#foot.replaceChildren(h("tr", {}, COLUMNS.map((column, i) => h(i === 0 ? "th" : "td", { ...kind(column), scope: i === 0 ? "row" : null }, column.all(this.#progress)))));
  }
}
