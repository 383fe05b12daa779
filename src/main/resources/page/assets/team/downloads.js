// What leaves: files as the contract's calls give them.
import { send, sendForJson } from "../http.js";
import { busy, byId, h } from "./dom.js";
import { count } from "./format.js";

const ENDINGS = { "application/json": "json", "application/x-npy": "npy", "application/vnd.safetensors": "safetensors" };

function save(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = h("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** All pages of a list, as JSON lines. */
async function allPages(path, say) {
  const lines = [];
  let cursor = "";
  do {
    const page = await sendForJson(`${path}?limit=1000${cursor}`);
    lines.push(...page.items.map((item) => `${JSON.stringify(item)}\n`));
    say(`${count(lines.length)} rows read…`);
    cursor = page.nextCursor === null ? null : `&cursor=${page.nextCursor}`;
  } while (cursor !== null);
  return new Blob(lines, { type: "application/x-ndjson" });
}

async function download({ download: kind, path, accept }, project, say) {
  if (kind === "rewards" || kind === "log") {
    save(await allPages(path, say), `${project}-${kind === "log" ? "verdicts" : kind}.ndjson`);
  } else if (kind === "model") {
    const answer = await send(path, { headers: { Accept: accept } });
    save(await answer.blob(), `${project}-model.${ENDINGS[accept] ?? "bin"}`);
  } else {
    const answer = await send(path, { headers: { Accept: "*/*" } });
    const named = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") ?? "");
    save(await answer.blob(), named?.[1] ?? `${project}-export`);
  }
}

/** Lets the buttons work. */
export function offerDownloads(project) {
  const say = (text) => (byId("download-words").textContent = text);
  document.querySelectorAll("button[data-download]").forEach((button) =>
    button.addEventListener("click", () =>
      busy(button, async () => {
        byId("download-problem").hidden = true;
        say("Reading…");
        try {
          await download(button.dataset, project, say);
          say("");
        } catch (problem) {
          say("");
          byId("download-problem").hidden = false;
          byId("download-problem").textContent = problem.message;
        }
      }),
    ),
  );
}
