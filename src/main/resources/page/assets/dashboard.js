// The dashboard of a project: its sections, and the beat at which they are read.
import { sendForJson } from "./http.js";
import { may } from "./may.js";
import { Annotators } from "./team/annotators.js";
import { byId, setText } from "./team/dom.js";
import { offerDownloads } from "./team/downloads.js";
import { Overview } from "./team/overview.js";
import { ifAllowed, Poll } from "./team/poll.js";
import { Replays } from "./team/replays.js";
import { Rounds } from "./team/rounds.js";
import { Settings } from "./team/settings.js";
import { Upload } from "./team/upload.js";

const SECTIONS = ["overview", "rounds", "annotators", "replays", "data", "settings"].filter((name) => byId(name) !== null);
/** A point of a curve stands for about a tenth of the verdicts, and for so many at least. */
const LEAST_POINT = 20;
const POINTS = 10;

const project = byId("content").dataset.project;
const path = `/projects/${project}`;
let worth = null;
let pointVerdicts = LEAST_POINT;

const overview = may("OBSERVE") ? new Overview(path) : null;
const annotators = may("OBSERVE") ? new Annotators(() => poll.now()) : null;
const rounds = new Rounds(path, () => poll.now());
const replays = may("TRAIN") ? new Replays(path) : null;
const settings = new Settings(path, project);
if (may("TRAIN")) {
  new Upload(path, () => poll.now());
  offerDownloads(project);
}

function open() {
  const wanted = location.hash.slice(1);
  return SECTIONS.includes(wanted) ? wanted : SECTIONS[0];
}

function progressPath() {
  const query = [`annotators=${open() === "annotators" ? annotators.most : 0}`, `pointVerdicts=${pointVerdicts}`];
  return `${path}/progress?${query.concat(worth === null ? [] : [`worth=${worth}`]).join("&")}`;
}

async function readRounds() {
  const { items } = await sendForJson(`${path}/refits?limit=1`);
  await rounds.show(null, items[0], null, open() === "rounds");
  return items;
}

async function readProgress() {
  const from = progressPath();
  const [progress, newest] = await Promise.all([sendForJson(from), sendForJson(`${path}/refits?limit=1`)]);
  pointVerdicts = Math.max(LEAST_POINT, Math.floor((progress.learningCurve.random.all?.verdicts ?? 0) / POINTS));
  overview.show(progress, newest.items[0], from);
  if (open() === "annotators") {
    annotators.show(progress);
  }
  await rounds.show(progress, newest.items[0], from, open() === "rounds");
  return progress;
}

/** Each part by itself: who may not see one may see another. */
async function read() {
  const parts = [ifAllowed(may("OBSERVE") ? readProgress() : readRounds())];
  if (open() === "replays") {
    parts.push(ifAllowed(replays.show().then(() => true)));
  }
  if (open() === "settings") {
    parts.push(ifAllowed(settings.open().then(() => true)));
  }
  const all = await Promise.all(parts);
  byId("forbidden").hidden = !all.includes(null);
}

const WORDS = {
  live: () => "Live",
  paused: () => "Paused while nobody looks",
  waiting: (seconds) => `The service doesn't answer; again in ${seconds} s`,
  stopped: (problem) => (problem.status === 401 ? "Waits until you log in" : problem.message),
};

const poll = new Poll(read, (state, detail) => {
  byId("live").dataset.state = state;
  setText(byId("live"), WORDS[state](detail));
});

function turn() {
  const now = open();
  for (const section of SECTIONS) {
    byId(section).hidden = section !== now;
  }
  document.querySelectorAll(".tabs a").forEach((link) => {
    if (link.hash === `#${now}`) {
      link.setAttribute("aria-current", "page");
      link.scrollIntoView({ block: "nearest", inline: "nearest" });
    } else {
      link.removeAttribute("aria-current");
    }
  });
  poll.now();
}

byId("worth-form")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const typed = byId("worth").value.trim();
  const value = Number(typed);
  const wrong = typed !== "" && !(value > 0 && value <= 1e12);
  byId("worth-error").hidden = !wrong;
  byId("worth-error").textContent = wrong ? "It must be a number greater than 0." : "";
  if (!wrong) {
    worth = typed === "" ? null : value;
    poll.now();
  }
});

addEventListener("hashchange", turn);
turn();
