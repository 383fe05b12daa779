// The annotator's page: who annotates, what the switches do, and the desk.
import { send } from "./http.js";
import { keep, kept } from "./storage.js";
import { Desk } from "./annotate/desk.js";
import * as differences from "./annotate/differences.js";
import { listen } from "./annotate/keys.js";
import { made, rendered } from "./annotate/markdown.js";
import { Stage } from "./annotate/view.js";
import { count } from "./annotate/words.js";

const FIGURES_PAUSE_MS = 5_000;
const element = (id) => document.getElementById(id);
const { project, viewer, leaseSeconds } = element("content").dataset;

/** The name under which verdicts are kept: of who is logged in, or the one that was typed here. */
async function annotator() {
  const known = viewer ?? kept("tiebreak.annotator");
  if (known !== null && known !== "") {
    return known;
  }
  element("name-form").hidden = false;
  element("name").focus();
  return new Promise((resolve) => {
    element("name-form").addEventListener("submit", (event) => {
      event.preventDefault();
      const name = element("name").value.trim();
      if (name !== "") {
        keep("tiebreak.annotator", name);
        element("name-form").hidden = true;
        element("content").focus();
        resolve(name);
      }
    });
  });
}

/** Instructions open by themselves until they have been closed once, and again when they change. */
function instructions() {
  const panel = element("instructions");
  if (panel === null) {
    return () => {};
  }
  const text = element("instructions-source").content.textContent;
  element("instructions-text").append(rendered(text));
  const key = `tiebreak.read.${project}`;
  const turn = (open) => {
    panel.hidden = !open;
    element("instructions-switch").setAttribute("aria-expanded", String(open));
  };
  turn(kept(key) !== text);
  const toggle = () => {
    turn(panel.hidden);
    keep(key, text);
  };
  element("instructions-switch").addEventListener("click", toggle);
  return toggle;
}

/** The person's and the project's figures, as the service has them from time to time; own verdicts are added at once. */
function figures(name) {
  let visit = 0;
  let visitThen = 0;
  let todayThen = 0;
  let timer = null;
  const midnight = new Date();
  midnight.setHours(0, 0, 0, 0);
  const query = new URLSearchParams({ annotator: name, since: midnight.toISOString() });
  const figure = (key) => element("figures").querySelector(`[data-figure=${key}]`);
  const show = () => {
    figure("today")?.replaceChildren((todayThen + visit - visitThen).toLocaleString("en"));
    figure("visit")?.replaceChildren(visit.toLocaleString("en"));
  };
  const load = async () => {
    timer = null;
    const before = visit;
    try {
      const answer = await send(`/annotate/${project}/figures?${query}`, { headers: { Accept: "text/html" } });
      element("figures").replaceChildren(made(await answer.text()));
      todayThen = Number(figure("today")?.textContent);
      visitThen = before;
      show();
    } catch {
      // the figures of before do
    }
  };
  load();
  return (verdicts) => {
    visit = verdicts;
    show();
    timer ??= setTimeout(load, FIGURES_PAUSE_MS);
  };
}

function note() {
  const field = element("note-field");
  const turn = (open) => {
    field.hidden = !open;
    element("note-switch").setAttribute("aria-expanded", String(open));
    (open ? element("note") : element("content")).focus();
  };
  element("note-switch").addEventListener("click", () => turn(field.hidden));
  element("note").addEventListener("keydown", ({ key }) => key === "Escape" && turn(false));
  return () => turn(true);
}

function switches(stage) {
  const letters = {};
  for (const button of document.querySelectorAll("[data-option]")) {
    const { option } = button.dataset;
    button.disabled = option === "differences" && !differences.available;
    const turn = () => {
      const on = !stage.options[option];
      button.setAttribute("aria-pressed", String(on));
      const places = stage.set(option, on);
      if (option === "differences" && on) {
        element("spoken").textContent =
          places === null ? "The two have too little in common to mark differences." : count(places, "difference", "differences");
      }
    };
    button.addEventListener("click", turn);
    letters[button.getAttribute("aria-keyshortcuts").toLowerCase()] = turn;
  }
  return letters;
}

function help(name) {
  const dialog = element("help");
  if (viewer === undefined) {
    element("who").hidden = false;
    element("who-name").textContent = name;
    element("who-change").addEventListener("click", () => {
      keep("tiebreak.annotator", "");
      location.reload();
    });
  }
  const open = () => dialog.showModal();
  element("help-switch").addEventListener("click", open);
  element("keys-on").checked = kept("tiebreak.keys") !== "off";
  element("keys-on").addEventListener("change", ({ target }) => keep("tiebreak.keys", target.checked ? "on" : "off"));
  return open;
}

const toggleInstructions = instructions();
const name = await annotator();
const stage = new Stage(element("stage"));
const desk = new Desk({ project, annotator: name, leaseSeconds: Number(leaseSeconds), stage, onTaken: figures(name) });
const openHelp = help(name);

for (const button of document.querySelectorAll("[data-preference]")) {
  button.addEventListener("click", ({ timeStamp }) => desk.decide(button.dataset.preference, timeStamp));
}
element("undo").addEventListener("click", () => desk.undo());
element("confidence").addEventListener("click", () => desk.raiseConfidence());

listen({
  decide: (preference, at) => desk.decide(preference, at),
  scroll: (heights) => stage.scroll(heights),
  isOn: () => element("keys-on").checked,
  letters: {
    u: () => desk.undo(),
    c: () => desk.raiseConfidence(),
    n: note(),
    i: toggleInstructions,
    "?": openHelp,
    ...switches(stage),
  },
});

await desk.begin();
