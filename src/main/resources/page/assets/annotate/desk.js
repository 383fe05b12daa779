// The annotator's desk: what is shown, what was decided, and what happens to it.
import { Problem } from "../http.js";
import { watch } from "./leases.js";
import { Outbox } from "./outbox.js";
import { Stopwatch } from "./stopwatch.js";
import { Supply } from "./supply.js";
import { Tabs } from "./tabs.js";
import { render } from "./view.js";
import { count, outcome, PREFERENCES, reason, refusal } from "./words.js";

const LONGEST_HISTORY = 50;
const CONFIDENCES = [null, 0.25, 0.5, 0.75, 1];

const element = (id) => document.getElementById(id);

export class Desk {
  #annotator;
  #project;
  #stage;
  #outbox;
  #supply;
  #tabs;
  #current = null;
  #history = [];
  #confidence = null;
  #visit = 0;
  #onTaken;

  constructor({ project, annotator, leaseSeconds, stage, onTaken }) {
    this.#project = project;
    this.#annotator = annotator;
    this.#stage = stage;
    this.#onTaken = onTaken;
    this.#outbox = new Outbox(annotator);
    this.#tabs = new Tabs(project, annotator);
    this.#supply = new Supply({
      project,
      annotator,
      extra: () => 1 + this.#outbox.waiting.length + this.#tabs.elsewhere.size,
      prepare: render,
    });
    this.#listen();
    watch({
      current: () => (this.#current === null || this.#current.before ? null : this.#current.item),
      left: (item) => this.#supply.left(item),
      leaseSeconds,
      ran: () => this.#ranOut(),
    });
  }

  async begin() {
    this.#showConnection();
    this.#outbox.send();
    this.#pause({ title: "Fetching the first comparison", text: "" });
    await this.#tabs.meet();
    this.#supply.fill();
  }

  /** Takes a verdict on what is shown, and shows the next. */
  decide(preference) {
    if (this.#current === null) {
      return;
    }
    performance.mark("tiebreak:key");
    const { item, watch: stopwatch } = this.#current;
    this.#outbox.add({
      lease: item.lease,
      preference,
      durationMs: stopwatch.stop(),
      annotator: this.#annotator,
      ...(this.#confidence === null ? {} : { confidence: this.#confidence }),
      ...(element("note").value.trim() === "" ? {} : { comment: element("note").value }),
    });
    this.#tabs.answered(item.lease);
    this.#history.push({ ...this.#current, before: preference });
    this.#history = this.#history.slice(-LONGEST_HISTORY);
    this.#current = null;
    this.#next(`${PREFERENCES[preference]}.`);
  }

  /** Shows what was decided last; another verdict on it will be its revision. */
  undo() {
    const last = this.#history.pop();
    if (last === undefined) {
      return;
    }
    if (this.#current !== null) {
      this.#current.watch.stop();
      this.#supply.putBack(this.#current);
    }
    this.#show(last);
    this.#notify(`You said “${PREFERENCES[last.before]}”. Decide again to change it; the same once more leaves it as it is.`);
  }

  raiseConfidence() {
    this.#setConfidence(CONFIDENCES[(CONFIDENCES.indexOf(this.#confidence) + 1) % CONFIDENCES.length]);
  }

  #listen() {
    this.#supply.addEventListener("arrived", () => this.#current === null && this.#next(""));
    this.#supply.addEventListener("empty", ({ detail }) => this.#current === null && this.#pauseFor(detail));
    this.#supply.addEventListener("trouble", ({ detail }) => this.#trouble(detail));
    this.#outbox.addEventListener("change", () => this.#showConnection());
    this.#outbox.addEventListener("taken", ({ detail }) => this.#taken(detail));
    this.#outbox.addEventListener("refused", ({ detail }) => this.#notify(refusal(detail.problem), "bad"));
    this.#tabs.addEventListener("answered", ({ detail }) => this.#answeredElsewhere(detail));
    this.#tabs.addEventListener("shows", ({ detail }) => detail !== this.#current?.item.lease && this.#supply.drop(detail));
    addEventListener("beforeunload", (event) => this.#outbox.waiting.length > 0 && event.preventDefault());
  }

  #next(said) {
    const next = this.#supply.take();
    if (next === null) {
      this.#stage.clear();
      this.#pause({ title: "Fetching the next comparison", text: this.#outbox.offline ? "It comes when the line is back." : "" });
    } else {
      this.#show(next);
      element("spoken").textContent = `${said} Next comparison.`.trim();
    }
  }

  #show(prepared) {
    this.#current = { watch: new Stopwatch(), before: null, ...prepared };
    this.#hideNotice();
    element("pause").hidden = true;
    element("decision").hidden = false;
    element("note").value = "";
    this.#setConfidence(null);
    for (const button of element("decision").querySelectorAll("[data-preference]")) {
      button.classList.toggle("is-before", button.dataset.preference === this.#current.before);
    }
    element("undo").disabled = this.#history.length === 0;
    this.#stage.show(prepared.view);
    if (matchMedia("(max-width: 48rem)").matches) {
      scrollTo({ top: 0 });
    }
    this.#tabs.shows(prepared.item.lease);
    this.#current.watch.start();
    this.#measure();
  }

  /** From the key to the frame that has the next comparison, for whoever measures. */
  #measure() {
    if (performance.getEntriesByName("tiebreak:key").length > 0) {
      requestAnimationFrame(() => {
        const drawn = new MessageChannel();
        drawn.port1.onmessage = () => {
          performance.measure("tiebreak:key-to-next", "tiebreak:key");
          performance.clearMarks("tiebreak:key");
          drawn.port1.close();
        };
        drawn.port2.postMessage(null);
      });
    }
  }

  #pauseFor(name) {
    const mine = this.#outbox.waiting.length;
    if (name === "LEASE_LIMIT" && mine > 0) {
      this.#pause({ title: "Sending your verdicts", text: "The next comparison comes as soon as they have arrived." });
    } else {
      this.#pause({ ...reason(name), idle: name !== "SELECTING", next: "This page goes on by itself when there is work." });
    }
  }

  #pause({ title, text, idle = false, next = "" }) {
    element("pause").hidden = false;
    element("pause").classList.toggle("is-idle", idle);
    element("pause-title").textContent = title;
    element("pause-text").textContent = text;
    element("pause-next").textContent = next;
    element("decision").hidden = this.#history.length === 0;
    element("undo").disabled = this.#history.length === 0;
    this.#tabs.shows(null);
    for (const button of element("decision").querySelectorAll("[data-preference]")) {
      button.classList.remove("is-before");
    }
  }

  #taken({ verdict, result }) {
    const words = outcome(result);
    if (words !== null) {
      this.#notify(words, result.outcome === "LATE" ? "warning" : "");
    }
    if (result.outcome !== "DUPLICATE" && result.outcome !== "REVISED" && verdict.preference !== "SKIP") {
      this.#visit += 1;
    }
    this.#onTaken(this.#visit);
    this.#supply.fill();
  }

  #answeredElsewhere(lease) {
    this.#supply.drop(lease);
    if (this.#current?.item.lease === lease && this.#current.before === null) {
      this.#current.watch.stop();
      this.#current = null;
      this.#next("");
      this.#notify("You answered the last one in another tab; this is the next.");
    }
  }

  #ranOut() {
    this.#notify(
      "The time for this comparison has run out, so somebody else may get it. You may answer all the same: it is recorded, and counts if it is still wanted.",
      "warning",
      {
        words: "Another one, please",
        act: () => {
          this.#current?.watch.stop();
          this.#current = null;
          this.#next("");
        },
      },
    );
  }

  #trouble({ failure, passes }) {
    this.#showConnection(!(failure instanceof Problem));
    if (passes && this.#current === null) {
      const known = failure instanceof Problem;
      this.#pause({
        title: known ? "The service is busy" : "No connection to the service",
        text: known ? `${failure.message}.` : "What you decided is kept in this browser.",
        next: "This page tries again by itself.",
      });
    } else if (!passes && failure.status !== 401) {
      this.#supply.end();
      this.#current = null;
      this.#stage.clear();
      this.#history = [];
      const gone = failure.status === 404;
      this.#pause({
        title: gone ? "This project is no more" : "The service refuses to go on",
        text: gone ? "It was removed. Pick another one on the first page." : failure.message,
        idle: true,
      });
    }
  }

  #setConfidence(value) {
    this.#confidence = value;
    element("confidence-value").textContent = value === null ? "not given" : `${value * 100} %`;
    element("confidence").setAttribute("aria-pressed", String(value !== null));
  }

  #showConnection(offline = this.#outbox.offline) {
    const waiting = this.#outbox.waiting.length;
    const line = element("connection");
    const away = offline || !navigator.onLine;
    line.classList.toggle("is-offline", away);
    const verdicts = count(waiting, "verdict", "verdicts");
    const words = away ? (waiting > 0 ? `Offline, ${verdicts} waiting` : "Offline") : waiting > 1 ? `Sending ${verdicts}` : "";
    if (line.textContent !== words) {
      line.textContent = words;
    }
  }

  #notify(words, kind = "", action = null) {
    const notice = element("notice");
    notice.className = `notice ${kind === "" ? "" : `notice-${kind}`}`;
    notice.hidden = false;
    element("notice-text").textContent = words;
    element("notice-action").hidden = action === null;
    if (action !== null) {
      element("notice-action").textContent = action.words;
      element("notice-action").onclick = action.act;
    }
    notice.dataset.since = String(performance.now());
  }

  /** What was said of the last verdict stays long enough to be read. */
  #hideNotice() {
    const notice = element("notice");
    if (performance.now() - Number(notice.dataset.since ?? 0) > 4_000 || !element("notice-action").hidden) {
      notice.hidden = true;
    }
  }
}
