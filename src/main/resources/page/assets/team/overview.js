// Where a project stands: whether to go on, how well it foresees, what waits, what it costs.
import { byId, h, setText } from "./dom.js";
import { bars, lines } from "./chart.js";
import { figure } from "./figure.js";
import { count, decimal, interval, money, percent, seconds, short } from "./format.js";

const ADVICE = {
  CONTINUE: { title: "Go on", tone: "good" },
  STOP: { title: "Stop here", tone: "warning" },
  UNSURE: { title: "Too early to say", tone: "plain" },
};
const ARMS = [
  { key: "random", name: "Random arm", tone: 1, dashed: false },
  { key: "design", name: "Chosen comparisons", tone: 2, dashed: true },
];
const STATES = [
  { key: "open", name: "open", tone: 1 },
  { key: "leased", name: "leased", tone: 2 },
  { key: "answered", name: "answered", tone: 3 },
  { key: "retired", name: "retired", tone: 6 },
];
const ANSWERS = [
  { key: "LEFT", name: "left", tone: 1 },
  { key: "RIGHT", name: "right", tone: 3 },
  { key: "TIE", name: "tie", tone: 5 },
  { key: "BOTH_BAD", name: "both bad", tone: 4 },
  { key: "SKIP", name: "skipped", tone: 6 },
];

function terms(pairs) {
  return pairs.flatMap(([term, ...words]) => [h("dt", {}, term), h("dd", {}, ...words)]);
}

function showAdvice(advice) {
  const { title, tone } = ADVICE[advice.advice];
  byId("advice").dataset.tone = tone;
  setText(byId("advice-title"), title);
  setText(byId("advice-reason"), advice.reason);
  const gain = advice.forecast?.accuracyGain;
  byId("advice-figures").replaceChildren(
    ...terms([
      [`Gain in accuracy expected of the next ${advice.verdicts} verdicts`, interval(gain, (value) => decimal(100 * value, 2) + " %")],
      ["Their price", money(advice.price)],
      ["Price of one more percent", interval(advice.pricePerPoint, money)],
      ["Accuracy if everything were known", percent(advice.forecast?.ceiling)],
    ]),
  );
}

function tile(id, value, note) {
  setText(byId(`${id}-value`), value);
  setText(byId(`${id}-note`), note);
}

function showTiles({ counts, agreement, positionBias, cost }) {
  tile("tile-verdicts", count(counts.verdicts.counted), `${count(counts.verdicts.lastHour)} in the last hour`);
  tile("tile-responses", count(counts.responses), `to ${count(counts.prompts)} prompts`);
  tile("tile-agreement", decimal(agreement.alpha?.value, 2), `Krippendorff's α on ${count(agreement.comparisons)} comparisons`);
  tile("tile-bias", percent(positionBias.leftShare?.value), "chose the left side; half is fair");
  const left = cost.verdictsLeft === null ? "no budget is set" : `${count(cost.verdictsLeft)} verdicts left`;
  const time = cost.hoursLeft === null ? "" : `, ${seconds(3600 * cost.hoursLeft)} at this pace`;
  const whole = cost.projected === null ? "" : ` of ${money(cost.projected)}`;
  tile("tile-cost", cost.spent === null ? "–" : money(cost.spent) + whole, left + time);
}

function showRound(round) {
  if (round === undefined) {
    tile("tile-rounds", "0", "none yet");
  } else {
    tile("tile-rounds", String(round.number), (round.stage ?? round.state).toLowerCase());
  }
}

function curve(arms, measure, write) {
  return ARMS.map((arm) => ({
    ...arm,
    points: arms[arm.key].points.map((point) => ({
      x: point.labels,
      y: point[measure].value,
      lower: arm.key === "random" ? point[measure].lower : null,
      upper: arm.key === "random" ? point[measure].upper : null,
      note: `${interval(point[measure], write)}, ${count(point.verdicts)} verdicts`,
    })),
  }));
}

function showCurve(shown, arms, measure, { write, reference, path }) {
  const series = curve(arms, measure, write);
  const empty = series.every(({ points }) => points.length === 0);
  shown.show({
    nothing: empty ? "The curve begins with the first verdicts." : null,
    entries: ARMS,
    path,
    data: ARMS.flatMap(({ key, name }) =>
      arms[key].points.map((point) => [name, short(point.labels), count(point.verdicts), interval(point[measure], write)]),
    ),
    draw: (plot) =>
      lines(plot, {
        label: `${shown.title} over the verdicts that the model had, for both arms; the table below has the figures`,
        x: { label: "verdicts fitted" },
        y: { references: [reference] },
        series,
      }),
  });
}

/** Counts that make up a whole, as parts of a bar. */
function showParts(id, parts, counts) {
  const of = ({ key }) => counts[key] ?? 0;
  const bar = byId(`${id}-bar`);
  bar.setAttribute("aria-label", parts.map((part) => `${count(of(part))} ${part.name}`).join(", "));
  bar.replaceChildren(
    ...parts
      .filter((part) => of(part) > 0)
      .map((part) => {
        const piece = h("span", { class: `series-${part.tone}` });
        piece.style.flexGrow = of(part);
        return piece;
      }),
  );
  byId(`${id}-legend`).replaceChildren(
    ...parts.map((part) => h("li", { class: `swatch series-${part.tone}` }, h("strong", {}, count(of(part))), ` ${part.name}`)),
  );
}

function hourNames(asOf, hours) {
  const end = new Date(asOf).getTime();
  return hours.map((_, i) => {
    const time = new Date(end - (hours.length - 1 - i) * 3_600_000);
    return time.toLocaleTimeString("en", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  });
}

function showHours(shown, progress, path) {
  const hours = progress.counts.verdicts.byHour;
  const names = hours.map((_, i) => (i === hours.length - 1 ? "now" : `−${hours.length - 1 - i} h`));
  const times = hourNames(progress.asOf, hours);
  shown.show({
    nothing: progress.counts.verdicts.lastDay === 0 ? "No verdict in the last day." : null,
    path,
    data: hours.map((verdicts, i) => [`until ${times[i]}`, count(verdicts)]),
    draw: (plot) =>
      bars(plot, {
        label: `Verdicts in each of the last 24 hours, ${count(progress.counts.verdicts.lastDay)} in all`,
        x: { label: "hours ago" },
        y: {},
        bars: hours.map((value, i) => ({ name: names[i], value, note: `${count(value)} in the hour until ${times[i]}` })),
      }),
  });
}

export class Overview {
  #accuracy;
  #logLoss;
  #hours;

  constructor(path) {
    const columns = (name) => [
      { label: "Arm" },
      { label: "Verdicts fitted", number: true },
      { label: "Verdicts scored", number: true },
      { label: `${name} (95 % interval)`, number: true },
    ];
    const note = "Each verdict is foreseen by the model that had not seen it. Only the random arm stands for all pairs.";
    const api = `${path}/progress`;
    this.#accuracy = { title: "Accuracy", ...figure(byId("figure-accuracy"), { title: "Accuracy", note, api, columns: columns("Accuracy") }) };
    this.#logLoss = {
      title: "Log-loss",
      ...figure(byId("figure-log-loss"), { title: "Log-loss", note: "In nats; ln 2 = 0.693 knows nothing.", api, columns: columns("Log-loss") }),
    };
    this.#hours = figure(byId("figure-hours"), {
      title: "Verdicts per hour",
      api,
      columns: [{ label: "Hour" }, { label: "Verdicts", number: true }],
    });
  }

  show(progress, round, path) {
    byId("begin").hidden = progress.counts.responses > 0;
    showAdvice(progress.stoppingAdvice);
    showTiles(progress);
    showRound(round);
    const arms = progress.learningCurve;
    showCurve(this.#accuracy, arms, "accuracy", { write: decimal, reference: { value: 0.5, label: "guessing" }, path });
    showCurve(this.#logLoss, arms, "logLoss", { write: decimal, reference: { value: Math.LN2, label: "knows nothing" }, path });
    showParts("queue", STATES, progress.counts.comparisons);
    showParts("answers", ANSWERS, progress.counts.verdicts.byPreference);
    showHours(this.#hours, progress, path);
  }
}
