// One batch: where it comes from, what it is like, and its picture.
import { sendForJson } from "../http.js";
import { may } from "../may.js";
import { byId, h, apiLink } from "./dom.js";
import { figure } from "./figure.js";
import { count, decimal, moment, percent, short, words } from "./format.js";
import { drawMap, rewardRange } from "./map.js";

/** What is asked for first. */
const FIRST = ["predictedGain", "realisedGain", "logDetBefore", "logDetAfter", "certificate"];
const SHARES = ["distinctPromptShare"];
const COUNTS = ["distinctResponses", "connectedComponents"];

function written(name, value) {
  if (value === null) {
    return "not asked for";
  }
  if (name === "certificate") {
    return `${percent(value.share)} of the best possible gain, at least`;
  }
  return SHARES.includes(name) ? percent(value) : COUNTS.includes(name) ? count(value) : short(value);
}

const rank = ([name]) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);

function definitions(pairs) {
  return h("dl", { class: "facts" }, pairs.map(([term, value]) => h("div", {}, h("dt", {}, term), h("dd", {}, value))));
}

function setting(value) {
  return value === null ? "–" : typeof value === "object" ? JSON.stringify(value) : String(value);
}

function provenance(batch) {
  const { settings, ...rest } = batch.provenance;
  return definitions([
    ["Strategy", words(batch.strategy)],
    ["Selected", moment(batch.selectedAt)],
    ["Candidates", count(batch.candidates)],
    ["By the fit of round", String(rest.fit)],
    ["Embeddings' version", String(rest.embeddingsVersion)],
    ["Seed of the round", String(rest.seed)],
    ["Verdicts' snapshot", h("code", {}, rest.snapshot)],
    ["Build", h("code", {}, rest.build)],
    ...Object.entries(settings).filter(([name]) => name !== "instructions").map(([name, value]) => [words(name), setting(value)]),
  ]);
}

export class BatchPanel {
  #path;
  #number = null;
  #figure;

  constructor(path) {
    this.#path = path;
    this.#figure = figure(byId("figure-map"), {
      title: "What is compared with what",
      note: "Points are responses, coloured by reward, larger where compared more often. Lines are comparisons: the stronger, the more it teaches; dashed ones were drawn at random.",
      api: `${path}/batches`,
      columns: [{ label: "Comparison", number: true }, { label: "Left" }, { label: "Right" }, { label: "Gain, nats", number: true }, { label: "P(left)", number: true }, { label: "Arm" }, { label: "State" }],
    });
  }

  get number() {
    return this.#number;
  }

  /** Shows a batch, or that there is none. */
  async show(number) {
    this.#number = number;
    byId("batch-empty").hidden = number !== null;
    byId("batch-body").hidden = number === null;
    if (number === null) {
      return;
    }
    const at = `${this.#path}/batches/${number}`;
    const mapAt = `${at}/map`;
    const [batch, map] = await Promise.all([may("TRAIN") ? sendForJson(at) : null, sendForJson(mapAt)]);
    if (this.#number !== number) {
      return;
    }
    byId("batch-title").textContent = `Batch ${map.number}: ${count(map.size)} comparisons`;
    if (batch !== null) {
      this.#facts(batch, at);
    }
    this.#picture(map, mapAt);
  }

  #facts(batch, at) {
    byId("batch-diagnostics").replaceChildren(
      definitions(Object.entries(batch.diagnostics).sort((a, b) => rank(a) - rank(b)).map(([name, value]) => [words(name), written(name, value)])),
      apiLink(at),
    );
    byId("batch-provenance").replaceChildren(provenance(batch), apiLink(`${this.#path}/refits/${batch.number}`));
  }

  #picture(map, at) {
    const range = decimal(rewardRange(map), 2);
    byId("map-scale").hidden = map.edges.length === 0;
    byId("map-low").textContent = `−${range}`;
    byId("map-high").textContent = `+${range}`;
    const part = map.edges.length < map.size ? `The first ${count(map.edges.length)} of ${count(map.size)} comparisons. ` : "";
    const others = map.points.filter((point) => point.degree === 0).length;
    byId("map-note").textContent = `${part}${count(map.points.length - others)} responses are compared; ${count(others)} of ${count(map.responses)} more are shown.`;
    this.#figure.show({
      nothing: map.edges.length === 0 ? "This batch has no comparison." : null,
      path: at,
      data: map.edges.map((edge) => [
        String(edge.comparison),
        map.points[edge.left].responseId,
        map.points[edge.right].responseId,
        short(edge.gain),
        decimal(edge.p, 2),
        edge.arm === "RANDOM" ? "random" : "chosen",
        edge.state.toLowerCase(),
      ]),
      draw: (plot) => drawMap(plot, map),
    });
  }
}
