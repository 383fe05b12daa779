// Replays: start one, watch it, and see its curves.
import { send, sendForJson } from "../http.js";
import { apiLink, byId, h, lead, replaceKeeping, setText } from "./dom.js";
import { lines } from "./chart.js";
import { figure } from "./figure.js";
import { count, decimal, lasted, moment, seconds, short, words } from "./format.js";
import { body, clear, show } from "./form.js";

const LISTED = 20;
const MOST_ROWS = 20_000;
const TONES = 6;
const BADGES = { DONE: "badge badge-good", FAILED: "badge badge-bad", RUNNING: "badge badge-warning", QUEUED: "badge", CANCELLED: "badge" };
const VARIANT = ["prior", "batchSize", "candidateLimit", "dimension"];

const hasEnded = (replay) => ["DONE", "FAILED", "CANCELLED"].includes(replay.state);
const variantOf = (row) => VARIANT.map((name) => `${words(name).toLowerCase()} ${row[name] ?? "all"}`).join(", ");

/** One item of the list; its buttons carry what they do. */
function item(replay, path) {
  const { done, cells, share, secondsLeft } = replay.progress;
  const left = secondsLeft === null ? "" : `, about ${seconds(secondsLeft)} left`;
  return h(
    "li",
    { class: "replay" },
    h(
      "div",
      { class: "replay-head" },
      h("h3", {}, `Replay ${replay.number}`),
      h("span", { class: BADGES[replay.state], title: replay.detail }, replay.state.toLowerCase()),
      h("span", { class: "muted small" }, `asked ${moment(replay.requestedAt)}${replay.startedAt === null ? "" : `, took ${lasted(replay.startedAt, replay.finishedAt)}`}`),
    ),
    h("p", { class: "small" }, (replay.settings.strategies ?? []).join(" · ")),
    replay.detail === null ? null : h("p", { class: "notice notice-bad" }, replay.detail),
    hasEnded(replay) ? null : h("progress", { max: 1, value: share, "aria-label": `Progress of replay ${replay.number}` }),
    h("p", { class: "muted small" }, `${count(done)} of ${count(cells)} runs${left}`),
    h(
      "div",
      { class: "actions" },
      h("button", { type: "button", "data-do": "curves", "data-number": replay.number, "data-key": `curves ${replay.number}`, disabled: done === 0 }, "Show curves"),
      hasEnded(replay)
        ? h("button", { type: "button", class: "quiet", "data-do": "remove", "data-number": replay.number, "data-key": `end ${replay.number}` }, "Remove")
        : h("button", { type: "button", class: "quiet", "data-do": "cancel", "data-number": replay.number, "data-key": `end ${replay.number}` }, "Cancel"),
      apiLink(`${path}/${replay.number}`),
    ),
  );
}

export class Replays {
  #path;
  #figure;
  #seen = "";
  #shown = null;
  #rows = [];
  #confirmed = null;

  constructor(path) {
    this.#path = `${path}/replays`;
    this.#figure = figure(byId("figure-replay"), { title: "Learning curves", note: "Means over seeds, with a band of one standard error.", api: this.#path, columns: [{ label: "Strategy" }, { label: "Labels", number: true }, { label: "Mean", number: true }, { label: "Standard error", number: true }, { label: "Seeds", number: true }] });
    byId("replay-form").addEventListener("submit", (event) => this.#start(event));
    byId("replay-list").addEventListener("click", (event) => this.#clicked(event));
    byId("replay-measure").addEventListener("change", () => this.#draw());
    byId("replay-variant").addEventListener("change", () => this.#draw());
  }

  async #start(event) {
    event.preventDefault();
    clear(event.target, "replay-problem");
    try {
      await send(this.#path, { method: "POST", headers: { "Content-Type": "application/json" }, body: body(event.target) });
      await this.show();
      byId("replay-list").scrollIntoView({ block: "nearest" });
    } catch (problem) {
      show(event.target, "replay-problem", problem);
    }
  }

  async #clicked(event) {
    const button = event.target.closest("button[data-do]");
    if (button === null) {
      return;
    }
    const number = Number(button.dataset.number);
    if (button.dataset.do === "remove" && this.#confirmed !== number) {
      this.#confirmed = number;
      button.textContent = "Remove it and its results?";
      return;
    }
    const { do: action } = button.dataset;
    if (action === "curves") {
      await this.#open(number);
      lead(byId("replay-title"));
      return;
    }
    await send(`${this.#path}/${number}${action === "remove" ? `?confirm=${number}` : ""}`, { method: "DELETE" });
    if (action === "remove" && this.#shown?.number === number) {
      this.#shown = null;
      byId("replay-curves").hidden = true;
    }
    await this.show();
  }

  /** Shows the list as it is now, and further points of the curves that are open. */
  async show() {
    const { items } = await sendForJson(`${this.#path}?limit=${LISTED}`);
    const text = JSON.stringify(items);
    if (text === this.#seen) {
      return;
    }
    this.#seen = text;
    this.#confirmed = null;
    byId("replays-empty").hidden = items.length > 0;
    replaceKeeping(byId("replay-list"), items.map((replay) => item(replay, this.#path)), byId("replays-title"));
    const mine = items.find((replay) => replay.number === this.#shown?.number);
    if (mine !== undefined && mine.progress.done !== this.#shown.done) {
      await this.#open(mine.number);
    }
  }

  async #open(number) {
    const replay = await sendForJson(`${this.#path}/${number}`);
    const rows = [];
    let cursor = "";
    do {
      const page = await sendForJson(`${this.#path}/${number}/curves?limit=1000${cursor}`);
      rows.push(...page.items);
      cursor = page.nextCursor === null ? "" : `&cursor=${page.nextCursor}`;
    } while (cursor !== "" && rows.length < MOST_ROWS);
    this.#shown = { number, done: replay.progress.done };
    this.#rows = rows;
    byId("replay-curves").hidden = false;
    setText(byId("replay-title"), `Curves of replay ${number}`);
    this.#offer("replay-measure", rows.map((row) => row.measure), words);
    this.#offer("replay-variant", rows.map(variantOf), (name) => name);
    byId("replay-variant-label").hidden = byId("replay-variant").options.length < 2;
    this.#draw();
  }

  #offer(id, names, write) {
    const select = byId(id);
    const chosen = select.value;
    const some = [...new Set(names)];
    select.replaceChildren(...some.map((name) => h("option", { value: name }, write(name))));
    select.value = some.includes(chosen) ? chosen : (some[0] ?? "");
  }

  #draw() {
    const measure = byId("replay-measure").value;
    const variant = byId("replay-variant").value;
    const rows = this.#rows.filter((row) => row.measure === measure && variantOf(row) === variant);
    const series = [...new Set(rows.map((row) => row.strategy))].map((name, i) => ({
      name,
      tone: (i % TONES) + 1,
      dashed: i >= TONES,
      points: rows.filter((row) => row.strategy === name).map(point),
    }));
    const at = `${this.#path}/${this.#shown.number}`;
    this.#figure.show({
      nothing: rows.length === 0 ? "No run is done yet." : null,
      path: `${at}/curves?measure=${measure}`,
      entries: series,
      data: rows.map((row) => [row.strategy, count(row.labels), decimal(row.mean), decimal(row.standardError), count(row.seeds)]),
      draw: (plot) => lines(plot, { label: `${words(measure)} over labels, a line for each of ${series.length} strategies`, x: { label: "labels" }, y: {}, series }),
    });
    const extra = ["differences", "ratios", "diversity", "costs", "points", `charts/${measure}`, "charts/picks"];
    byId("replay-links").replaceChildren(...extra.flatMap((name) => [apiLink(`${at}/${name}`), " "]));
  }
}

function point(row) {
  const error = row.standardError;
  return {
    x: row.labels,
    y: row.mean,
    lower: error === null ? null : row.mean - error,
    upper: error === null ? null : row.mean + error,
    note: `${short(row.mean)}${error === null ? "" : ` ± ${short(error)}`} at ${count(row.labels)} labels`,
  };
}
