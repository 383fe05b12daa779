// How pages talk with the service: as any client of the contract, plus the session of who is logged in.

/** The service refused: what RFC 9457 says of it. */
export class Problem extends Error {
  constructor(status, document, retryAfterSeconds) {
    super(document.detail ?? document.title ?? `The service answered with ${status}`);
    this.status = status;
    this.type = (document.type ?? "").replace(/^\/problems\//, "");
    this.errors = document.errors ?? [];
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** Whether the same request may succeed later. */
  get passes() {
    return this.status === 429 || this.status >= 500 || this.type === "request-in-flight";
  }
}

export function token() {
  const cookie = document.cookie.split("; ").find((pair) => pair.startsWith("XSRF-TOKEN="));
  return cookie === undefined ? null : decodeURIComponent(cookie.slice("XSRF-TOKEN=".length));
}

function seconds(answer) {
  const value = Number(answer.headers.get("Retry-After"));
  return Number.isFinite(value) && value > 0 ? value : null;
}

async function problem(answer) {
  let document = {};
  try {
    document = await answer.json();
  } catch {
    // a proxy's own words: the status has to do
  }
  return new Problem(answer.status, document, seconds(answer));
}

/** Headers of a request that changes something: the session's token, if there is a session. */
export function sessionHeaders() {
  const value = token();
  return value === null ? {} : { "X-XSRF-TOKEN": value };
}

/** Hears of "ended" when the service no longer knows who this is, and of "known" when it does again. */
export const session = new EventTarget();
let ended = false;

/** Tells the page what an answer's status says of the session: one that turns everybody away says nothing. */
export function noteSession(status) {
  if (status === 429 || status >= 500) {
    return;
  }
  if ((status === 401) !== ended) {
    ended = !ended;
    session.dispatchEvent(new Event(ended ? "ended" : "known"));
  }
}

/**
 * Sends a request; options are those of fetch, and `json` for a body. Gives the answer if it was accepted, throws a
 * Problem if it was refused, and a TypeError if it never arrived.
 */
export async function send(path, { json, headers = {}, ...options } = {}) {
  const all = { Accept: "application/json", ...sessionHeaders(), ...headers };
  if (json !== undefined) {
    all["Content-Type"] = "application/json";
    options.body = JSON.stringify(json);
  }
  const answer = await fetch(path, { credentials: "same-origin", ...options, headers: all });
  if (answer.redirected && new URL(answer.url).pathname === "/login") {
    noteSession(401);
    throw new Problem(401, { title: "Your session has ended" }, null);
  }
  noteSession(answer.status);
  if (!answer.ok) {
    throw await problem(answer);
  }
  return answer;
}

/** The same, for an answer in JSON. */
export async function sendForJson(path, options) {
  return (await send(path, options)).json();
}
