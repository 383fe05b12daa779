// The projects of the team, and a form for another one.
import { send, sendForJson } from "./http.js";
import { may } from "./may.js";
import { byId, h } from "./team/dom.js";
import { count } from "./team/format.js";
import { body, clear, refuse, show } from "./team/form.js";
import { Poll } from "./team/poll.js";

const PAGE = 50;
const NAME = /^[a-z0-9][a-z0-9-]{0,62}$/;
let shown = PAGE;

function card({ project, counts, strategy, verdictBudget }) {
  const waiting = counts.comparisonsOpen + counts.comparisonsLeased;
  return h(
    "li",
    { class: "card" },
    h("h2", {}, h("a", { href: `/projects/${project}/dashboard` }, project)),
    h("p", { class: "muted small" }, `${count(counts.responses)} responses to ${count(counts.prompts)} prompts · ${strategy}`),
    verdictBudget === null ? null : h("progress", { max: Math.max(1, verdictBudget), value: counts.verdictsCounted, "aria-label": `${count(counts.verdictsCounted)} of ${count(verdictBudget)} verdicts of ${project}` }),
    h(
      "p",
      { class: "card-figures" },
      h("span", { class: waiting > 0 ? "badge badge-good" : "badge" }, waiting > 0 ? `${count(waiting)} waiting` : "nothing waiting"),
      h("span", {}, `${count(counts.verdictsCounted)} verdicts`),
      h("span", { class: "muted" }, `${count(counts.rounds)} rounds`),
    ),
  );
}

async function read() {
  const items = [];
  let cursor = "";
  do {
    const page = await sendForJson(`/projects?limit=${Math.min(1000, shown - items.length)}${cursor}`);
    items.push(...page.items);
    cursor = page.nextCursor === null ? "" : `&cursor=${page.nextCursor}`;
  } while (cursor !== "" && items.length < shown);
  const list = byId("projects");
  if (!list.contains(document.activeElement)) {
    list.replaceChildren(...items.map(card));
  }
  list.setAttribute("aria-busy", "false");
  list.hidden = items.length === 0;
  byId("no-projects").hidden = items.length > 0;
  byId("more-projects").hidden = cursor === "";
}

const poll = new Poll(read, (state, detail) => {
  byId("list-problem").hidden = state === "live" || state === "paused" || detail?.status === 401;
  byId("list-problem").textContent =
    state === "waiting" ? `The service doesn't answer; again in ${detail} s.` : state === "stopped" && detail.status !== 401 ? detail.message : "";
});

function fold(folded) {
  byId("create").hidden = folded;
  byId("new-project").setAttribute("aria-expanded", String(!folded));
  (folded ? byId("new-project") : byId("create-project")).focus();
}

/** A PUT would replace the settings of a project that is there already. */
async function isTaken(name) {
  let cursor = "";
  do {
    const page = await sendForJson(`/projects?limit=1000${cursor}`);
    if (page.items.some(({ project }) => project === name)) {
      return true;
    }
    cursor = page.nextCursor === null ? "" : `&cursor=${page.nextCursor}`;
  } while (cursor !== "");
  return false;
}

async function create(event) {
  event.preventDefault();
  const form = event.target;
  clear(form, "create-problem");
  const name = byId("create-project").value.trim();
  if (!NAME.test(name)) {
    refuse(form, "project", "must be 1 to 63 small letters, digits and hyphens, and begin with no hyphen");
    return;
  }
  try {
    if (await isTaken(name)) {
      refuse(form, "project", "is taken already: its settings are on its dashboard");
      return;
    }
    await send(`/projects/${name}`, { method: "PUT", headers: { "Content-Type": "application/json" }, body: body(form, ["project"]) });
    location.assign(`/projects/${name}/dashboard#data`);
  } catch (problem) {
    show(form, "create-problem", problem);
  }
}

if (may("ADMINISTER")) {
  byId("new-project").addEventListener("click", () => fold(!byId("create").hidden));
  byId("create-cancel").addEventListener("click", () => fold(true));
  byId("create-form").addEventListener("submit", create);
}
byId("more-projects").addEventListener("click", () => {
  shown += PAGE;
  poll.now();
});
if (location.hash === "#new" && may("ADMINISTER")) {
  fold(false);
}
poll.now();
