// Files into the project: how far an upload is, and what is wrong with which row.
import { noteSession, sessionHeaders } from "../http.js";
import { byId, h, table } from "./dom.js";
import { bytes, count, words } from "./format.js";

const EXCERPT = 160;
/** The table says which row it is. */
const ROW_IN_WORDS = /^row \d+( \(line \d+\))?: /;
/** Of a longer file the rows are not shown beside their errors. */
const MOST_READ = 50_000_000;

const isJson = (file) => file.name.toLowerCase().endsWith(".json") || file.type === "application/json";

/** "/3/embedding" or "/responses/3/embedding": the row counted from 1, and the field. */
function place(pointer) {
  const parts = pointer.split("/").slice(1);
  const at = parts.findIndex((part) => /^\d+$/.test(part));
  return at < 0 ? { row: null, field: parts.join(" / ") } : { row: Number(parts[at]), field: parts.slice(at + 1).join(" / ") };
}

async function rowsOf(file) {
  if (file.size > MOST_READ) {
    return [];
  }
  const text = await file.text();
  if (!isJson(file)) {
    return text.split("\n").filter((line) => line.trim() !== "");
  }
  try {
    const read = JSON.parse(text);
    return (read.responses ?? read.verdicts ?? []).map((row) => JSON.stringify(row));
  } catch {
    return [];
  }
}

export class Upload {
  #path;
  #done;
  #file = null;
  #request = null;

  constructor(path, done) {
    this.#path = path;
    this.#done = done;
    byId("upload-file").addEventListener("change", ({ target }) => this.#choose(target.files[0] ?? null));
    byId("upload-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#start();
    });
    byId("upload-stop").addEventListener("click", () => this.#request?.abort());
    this.#acceptDrops(byId("drop"));
  }

  #acceptDrops(drop) {
    for (const name of ["dragover", "dragleave", "drop"]) {
      drop.addEventListener(name, (event) => {
        event.preventDefault();
        drop.classList.toggle("over", name === "dragover");
      });
    }
    drop.addEventListener("drop", ({ dataTransfer }) => this.#choose(dataTransfer.files[0] ?? null));
  }

  #choose(file) {
    this.#file = file;
    byId("upload-start").disabled = file === null;
    byId("upload-chosen").textContent = file === null ? "NDJSON, a row a line, or JSON" : `${file.name}, ${bytes(file.size)}`;
    this.#clear();
  }

  #clear() {
    byId("upload-result").replaceChildren();
    byId("upload-errors").hidden = true;
  }

  #start() {
    const kind = new FormData(byId("upload-form")).get("kind");
    const request = new XMLHttpRequest(); // fetch doesn't tell how much was sent
    this.#request = request;
    this.#clear();
    this.#running(true);
    request.open("POST", `${this.#path}/${kind}`);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("Content-Type", isJson(this.#file) ? "application/json" : "application/x-ndjson");
    Object.entries(sessionHeaders()).forEach(([name, value]) => request.setRequestHeader(name, value));
    request.upload.addEventListener("progress", ({ loaded, total }) => this.#progress(loaded, total));
    request.addEventListener("load", () => this.#answered(request));
    request.addEventListener("error", () => this.#broken("The line broke. Nothing was stored, unless the service has it all: upload it again, rows that are there already change nothing."));
    request.addEventListener("abort", () => this.#broken("Stopped. Nothing was stored."));
    request.send(this.#file);
  }

  #running(running) {
    const [ends, begins] = running ? ["upload-start", "upload-stop"] : ["upload-stop", "upload-start"];
    const focused = document.activeElement === byId(ends);
    byId("upload-start").disabled = running;
    byId("upload-stop").hidden = !running;
    if (focused) {
      byId(begins).focus();
    }
    byId("upload-progress").hidden = !running;
    byId("upload-bar").value = 0;
  }

  #progress(loaded, total) {
    byId("upload-bar").value = total === 0 ? 1 : loaded / total;
    byId("upload-words").textContent = loaded < total ? `${bytes(loaded)} of ${bytes(total)} sent` : "Sent; the service is checking and storing the rows…";
  }

  #say(tone, ...content) {
    byId("upload-result").replaceChildren(h("div", { class: `notice ${tone}` }, ...content));
  }

  #broken(text) {
    this.#running(false);
    this.#say("notice-bad", text);
  }

  async #answered(request) {
    this.#running(false);
    noteSession(request.status);
    let answer = {};
    try {
      answer = JSON.parse(request.responseText);
    } catch {
      // a proxy's own words
    }
    if (request.status !== 200) {
      await this.#refused(answer, request.status);
      return;
    }
    const counts = Object.entries(answer).map(([name, value]) => `${count(value)} ${name}`);
    this.#say("", h("strong", {}, "Stored. "), counts.join(", ") + ".");
    this.#done();
  }

  async #refused(problem, status) {
    const errors = problem.errors ?? [];
    const detail = errors.length === 0 ? (problem.detail ?? `The service answered with ${status}.`) : `${count(errors.length)} ${errors.length === 1 ? "error" : "errors"}; all or nothing, so put it right and upload the file again.`;
    this.#say("notice-bad", h("strong", {}, "Nothing was stored. "), detail);
    if (errors.length === 0) {
      return;
    }
    const rows = await rowsOf(this.#file);
    byId("upload-errors").replaceChildren(
      table(
        "Errors by row",
        [{ label: "Row", number: true }, { label: "Field" }, { label: "What is wrong" }, { label: "The row" }],
        errors.map(({ pointer, detail: what }) => {
          const { row, field } = place(pointer);
          const text = row === null ? "" : (rows[row] ?? "");
          return [row === null ? "–" : count(row + 1), field === "" ? "–" : words(field), what.replace(ROW_IN_WORDS, ""), h("code", { class: "excerpt" }, text.length > EXCERPT ? `${text.slice(0, EXCERPT)}…` : text)];
        }),
      ),
    );
    byId("upload-errors").hidden = false;
  }
}
