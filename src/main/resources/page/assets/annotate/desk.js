// The annotator's desk: what is shown, what was decided, and what happens to it.
import { Problem, session } from "../http.js";
import { watch } from "./leases.js";
import { Outbox } from "./outbox.js";
import { Stopwatch } from "./stopwatch.js";
import { Supply } from "./supply.js";
import { Tabs } from "./tabs.js";
import { render } from "./view.js";
import { count, ending, outcome, PREFERENCES, reason, refusal } from "./words.js";

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
  #keyAt = null;
  #unknown = false;
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

  /** Takes a verdict on what is shown, and shows the next; `at` is when the key or pointer was pressed. */
  decide(preference, at) {
    if (this.#current === null) {
      return;
    }
    this.#keyAt = at;
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
    this.#supply.addEventListener("reached", () => this.#showConnection());
    this.#supply.addEventListener("arrived", () => this.#current === null && this.#next(""));
    this.#supply.addEventListener("empty", ({ detail }) => this.#current === null && this.#pauseFor(detail));
    this.#supply.addEventListener("trouble", ({ detail }) => this.#trouble(detail));
    this.#outbox.addEventListener("change", () => this.#showConnection());
    this.#outbox.addEventListener("taken", ({ detail }) => this.#taken(detail));
    this.#outbox.addEventListener("refused", ({ detail }) => this.#notify(refusal(detail.problem), "bad"));
    this.#tabs.addEventListener("answered", ({ detail }) => this.#answeredElsewhere(detail));
    this.#tabs.addEventListener("shows", ({ detail }) => detail !== this.#current?.item.lease && this.#supply.drop(detail));
    this.#outbox.addEventListener("forbidden", ({ detail }) => this.#forbidden(detail));
    session.addEventListener("ended", () => this.#turnAway(true));
    session.addEventListener("known", () => this.#turnAway(false));
    addEventListener("beforeunload", (event) => this.#isLeftTooEarly() && event.preventDefault());
  }

  /** Who goes to log in again comes back, and finds what was kept. */
  #isLeftTooEarly() {
    const logsIn = document.activeElement?.id === "log-in-again";
    return logsIn ? this.#outbox.isFleeting : this.#outbox.waiting.length > 0;
  }

  #turnAway(away) {
    this.#unknown = away;
    this.#showConnection();
    if (!away) {
      this.#supply.fill();
    }
  }

  #forbidden({ message }) {
    this.#notify(`The service does not take your verdicts at the moment: ${message}. They are kept in this browser, and sent when it does.`, "bad");
  }

  #next(said) {
    const next = this.#supply.take();
    if (next === null) {
      this.#stage.clear();
      this.#pause({ title: "Fetching the next comparison", text: this.#outbox.offline ? "It comes when the line is back." : "" });
    } else {
      this.#show(next);
      this.#speak(`${said} Next comparison.`.trim());
    }
  }

  /** To readers of screens; the same words once more are told apart from those before, as else nothing is said. */
  #speak(words) {
    const spoken = element("spoken");
    spoken.textContent = spoken.textContent === words ? `${words}\u00a0` : words;
  }

  #show(prepared) {
    this.#current = { watch: new Stopwatch(), before: null, ...prepared };
    this.#hideNotice();
    element("pause").hidden = true;
    element("decision").hidden = false;
    element("note").value = "";
    this.#setConfidence(null);
    this.#showButtons();
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
    const start = this.#keyAt;
    this.#keyAt = null;
    if (start !== null) {
      requestAnimationFrame(() => {
        const drawn = new MessageChannel();
        drawn.port1.onmessage = () => {
          performance.measure("tiebreak:key-to-next", { start, end: performance.now() });
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
    this.#showButtons();
    this.#tabs.shows(null);
  }

  #showButtons() {
    for (const button of element("decision").querySelectorAll("[data-preference]")) {
      button.disabled = this.#current === null;
      button.classList.toggle("is-before", button.dataset.preference === this.#current?.before);
    }
    element("undo").disabled = this.#history.length === 0;
    if (document.activeElement?.disabled || document.activeElement?.closest("[hidden]")) {
      element("content").focus({ preventScroll: true }); // keys go on from there
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
          element("content").focus({ preventScroll: true });
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
    } else if (failure.status === 401) {
      if (this.#current === null) {
        this.#pause({ title: "Your session has ended", text: "Log in again to go on. What you decided is kept in this browser." });
      }
    } else if (!passes) {
      this.#supply.end();
      this.#current = null;
      this.#stage.clear();
      this.#history = [];
      this.#pause({ ...ending(failure), idle: true });
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
    const words = away ? (waiting > 0 ? `Offline, ${verdicts} waiting` : "Offline") : this.#unknown ? `${verdicts} waiting` : waiting > 2 ? `Sending ${verdicts}` : "";
    if (line.textContent !== words) {
      line.textContent = words;
    }
  }

  #notify(words, kind = "", action = null) {
    const notice = element("notice");
    if (!notice.hidden && element("notice-text").textContent === words) {
      return; // it stands there, and was heard
    }
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
