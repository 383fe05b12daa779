// Rounds: ask for one, watch its stages, and see what each brought.
import { send, sendForJson } from "../http.js";
import { may } from "../may.js";
import { busy, byId, h, lead, replaceKeeping, setText, table } from "./dom.js";
import { lines } from "./chart.js";
import { figure } from "./figure.js";
import { count, lasted, moment, short } from "./format.js";
import { BatchPanel } from "./batch.js";

const STAGES = ["READ", "FIT", "SELECT", "CERTIFY", "PUBLISH"];
const LISTED = 20;
/** Of all rounds, so many at most are read for the charts. */
const MOST_CHARTED = 5000;
const TRIGGERS = { REQUESTED: "asked for", REFIT_AFTER: "new verdicts", LOW_WATER: "queue low" };
const BADGES = { DONE: "badge badge-good", FAILED: "badge badge-bad", RUNNING: "badge badge-warning", QUEUED: "badge" };
const COLUMNS = [{ label: "Round", number: true }, { label: "State" }, { label: "Because" }, { label: "Asked" }, { label: "Took", number: true }, { label: "Verdicts", number: true }, { label: "Selected", number: true }, { label: "Batch" }];

function stages(round) {
  const at = STAGES.indexOf(round.stage);
  return STAGES.filter((stage) => stage !== "CERTIFY" || round.stage === "CERTIFY").map((stage) => {
    const place = STAGES.indexOf(stage);
    const state = place < at ? "done" : place === at ? "now" : "to-come";
    return h("li", { class: state, "aria-current": state === "now" ? "step" : null }, stage.toLowerCase());
  });
}

export class Rounds {
  #path;
  #batch;
  #logDet;
  #gain;
  #seen = null;
  #all = null;

  constructor(path, changed) {
    this.#path = path;
    this.#batch = new BatchPanel(path);
    const columns = (...names) => [{ label: "Round", number: true }, ...names.map((label) => ({ label, number: true }))];
    this.#logDet = figure(byId("figure-log-det"), { title: "Log determinant of the information", note: "In nats: what is known of the weights, after each batch.", api: `${path}/progress`, columns: columns("Before", "After") });
    this.#gain = figure(byId("figure-gain"), { title: "Information gain, predicted and realised", note: "In nats; realised ones come with the verdicts.", api: `${path}/progress`, columns: columns("Predicted", "Realised") });
    if (may("TRAIN")) {
      byId("request-round").addEventListener("click", ({ currentTarget }) => busy(currentTarget, () => this.#request(changed)));
      byId("all-rounds").addEventListener("click", async () => {
        await this.#readAll();
        lead(byId("rounds-title")); // the button is gone
      });
    }
    byId("rounds-table").addEventListener("click", (event) => this.#picked(event));
  }

  async #request(changed) {
    try {
      await send(`${this.#path}/refits`, { method: "POST", json: { certificate: byId("round-certificate").checked } });
      setText(byId("round-problem"), "");
      changed();
    } catch (problem) {
      setText(byId("round-problem"), problem.message);
    }
  }

  #picked(event) {
    const number = event.target.closest("button[data-round]")?.dataset.round;
    if (number !== undefined) {
      this.#batch
        .show(Number(number))
        .then(() => lead(byId("batch-title")))
        .catch((problem) => setText(byId("round-problem"), problem.message));
    }
  }

  get #batches() {
    return `${this.#path}/batches?limit=1000`;
  }

  /** Shows the newest round's state; the list and the batch only when that has changed. Without progress the charts are made of batches. */
  async show(progress, newest, path, visible) {
    this.#state(newest);
    if (this.#all !== null) {
      this.#charts(this.#all, this.#all.length, this.#batches);
    } else if (progress !== null) {
      this.#charts(progress.rounds, progress.counts.rounds, path);
    }
    const now = newest === undefined ? "none" : `${newest.number} ${newest.state}`;
    if (!visible || now === this.#seen) {
      return;
    }
    this.#seen = now;
    if (progress === null || this.#all !== null) {
      await this.#readAll();
    }
    const page = await sendForJson(`${this.#path}/refits?limit=${LISTED}`);
    this.#list(page);
    const done = page.items.find((round) => round.state === "DONE")?.number ?? null;
    await this.#batch.show(done);
  }

  #state(round) {
    const running = round?.state === "RUNNING" || round?.state === "QUEUED";
    byId("round-stages").hidden = !running;
    const failed = round?.state === "FAILED";
    byId("round-failed").hidden = !failed;
    if (failed) {
      setText(byId("round-failed"), `Round ${round.number} failed: ${round.detail}`);
    }
    const sentence =
      round === undefined
        ? "There was no round yet."
        : round.state === "QUEUED"
          ? `Round ${round.number} waits to begin.`
          : round.state === "RUNNING"
            ? `Round ${round.number} is running.`
            : `Round ${round.number} ended ${moment(round.finishedAt)}, after ${lasted(round.startedAt ?? round.requestedAt, round.finishedAt)}.`;
    setText(byId("round-state"), sentence);
    if (running) {
      byId("round-stages").replaceChildren(...stages(round));
    }
  }

  #list({ items, nextCursor }) {
    byId("rounds-empty").hidden = items.length > 0;
    replaceKeeping(
      byId("rounds-table"),
      items.length === 0
        ? []
        : [table(
            "Rounds, the newest first",
            COLUMNS,
            items.map((round) => [
              may("TRAIN") ? h("a", { href: `${this.#path}/refits/${round.number}`, "data-key": `round ${round.number}` }, String(round.number)) : String(round.number),
              h("span", { class: BADGES[round.state], title: round.detail }, round.state.toLowerCase()),
              TRIGGERS[round.trigger] ?? round.trigger,
              moment(round.requestedAt),
              round.finishedAt === null ? "–" : lasted(round.startedAt ?? round.requestedAt, round.finishedAt),
              count(round.result?.verdicts),
              count(round.result?.selected),
              round.state === "DONE" ? h("button", { type: "button", class: "quiet small", "data-round": round.number, "data-key": `batch ${round.number}`, "aria-label": `Show batch ${round.number}` }, "Show batch") : (round.detail ?? ""),
            ]),
          )],
      byId("rounds-title"),
    );
    byId("rounds-more").hidden = nextCursor === null;
  }

  async #readAll() {
    const rounds = [];
    let cursor = "";
    do {
      const page = await sendForJson(`${this.#batches}${cursor}`);
      rounds.push(...page.items.map(({ number, diagnostics }) => ({ number, ...diagnostics, realisedGain: diagnostics.realisedGain ?? null })));
      cursor = page.nextCursor === null ? "" : `&cursor=${page.nextCursor}`;
    } while (cursor !== "" && rounds.length < MOST_CHARTED);
    this.#all = rounds.reverse();
    this.#charts(this.#all, this.#all.length, this.#batches);
  }

  #charts(rounds, total, path) {
    byId("all-rounds").hidden = !may("TRAIN") || this.#all !== null || rounds.length >= total;
    const newest = byId("charted-rounds");
    setText(newest, rounds.length < total ? `The newest ${count(rounds.length)} of ${count(total)} rounds.` : "");
    const nothing = rounds.length === 0 ? "There is something to see after the first round." : null;
    const at = (name) => rounds.filter((round) => round[name] !== null).map((round) => ({ x: round.number, y: round[name], note: `round ${round.number}, ${short(round[name])} nats` }));
    const spec = (label, series) => ({ label, x: { label: "round", format: (tick) => (Number.isInteger(tick) ? count(tick) : "") }, y: {}, series });
    this.#logDet.show({
      nothing,
      path,
      data: rounds.map((round) => [String(round.number), short(round.logDetBefore), short(round.logDetAfter)]),
      draw: (plot) => lines(plot, spec("Log determinant after each round's batch", [{ name: "After the batch", tone: 1, points: at("logDetAfter") }])),
    });
    const series = [
      { name: "Predicted", tone: 1, points: at("predictedGain") },
      { name: "Realised", tone: 2, dashed: true, points: at("realisedGain") },
    ];
    this.#gain.show({
      nothing,
      path,
      entries: series,
      data: rounds.map((round) => [String(round.number), short(round.predictedGain), short(round.realisedGain)]),
      draw: (plot) => lines(plot, spec("Predicted and realised gain of each round's batch", series)),
    });
  }
}
