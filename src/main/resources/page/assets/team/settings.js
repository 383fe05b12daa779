// The settings of a project, and its end.
import { send } from "../http.js";
import { may } from "../may.js";
import { byId } from "./dom.js";
import { body, clear, exactly, fill, show } from "./form.js";

export class Settings {
  #path;
  #project;
  #read = false;

  constructor(path, project) {
    this.#path = path;
    this.#project = project;
    if (!may("ADMINISTER")) {
      return;
    }
    byId("settings-form").addEventListener("submit", (event) => this.#save(event));
    byId("settings-form").addEventListener("input", () => (byId("settings-saved").textContent = ""));
    byId("delete-form").addEventListener("submit", (event) => this.#remove(event));
    byId("delete-confirm").addEventListener("input", ({ target }) => {
      byId("delete-project").disabled = target.value !== project;
    });
  }

  /** Reads the settings when they are looked at first; what somebody is typing is left alone. */
  async open() {
    if (!this.#read) {
      fill(byId("settings-form"), exactly(await (await send(this.#path)).text()));
      this.#read = true;
    }
  }

  async #save(event) {
    event.preventDefault();
    const form = event.target;
    clear(form, "settings-problem");
    try {
      const answer = await send(this.#path, { method: "PUT", headers: { "Content-Type": "application/json" }, body: body(form) });
      fill(form, exactly(await answer.text()));
      byId("settings-saved").textContent = "Saved.";
    } catch (problem) {
      show(form, "settings-problem", problem);
    }
  }

  async #remove(event) {
    event.preventDefault();
    byId("delete-project").disabled = true;
    try {
      await send(`${this.#path}?confirm=${encodeURIComponent(this.#project)}`, { method: "DELETE" });
      location.assign("/projects");
    } catch (problem) {
      byId("delete-problem").hidden = false;
      byId("delete-problem").textContent = problem.message;
      byId("delete-project").disabled = false;
    }
  }
}
