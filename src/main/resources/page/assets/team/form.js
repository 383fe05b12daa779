// Forms whose fields are the contract's: what is typed becomes JSON, and errors come back to their fields.
import { byId } from "./dom.js";

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** JSON of what was typed: a number digit by digit, as JavaScript would round a great seed. */
function literal(text) {
  const typed = text.trim();
  if (!NUMBER.test(typed)) {
    return typed === "null" ? "null" : JSON.stringify(typed);
  }
  try {
    JSON.parse(typed);
    return typed;
  } catch {
    return String(Number(typed)); // such as +5 or .5
  }
}

const split = (text) => text.split(/[\s,;]+/).filter((part) => part !== "");

function value(field) {
  const isNumber = field.dataset.number === "true";
  const boxes = [...field.querySelectorAll("input[type=checkbox]")];
  if (boxes.length > 0) {
    const chosen = boxes.filter((box) => box.checked).map((box) => JSON.stringify(box.value));
    return chosen.length === 0 ? null : `[${chosen.join(",")}]`;
  }
  const text = field.querySelector("input, select, textarea").value;
  if (text.trim() === "") {
    return null;
  }
  const one = (part) => (isNumber ? literal(part) : JSON.stringify(part));
  return field.dataset.many === "true" ? `[${split(text).map(one).join(",")}]` : one(text);
}

const fieldsOf = (form) => [...form.querySelectorAll("[data-field]")];

/** The body that the form stands for, as JSON text; blank fields are left out. */
export function body(form, except = []) {
  const pairs = fieldsOf(form)
    .filter((field) => !except.includes(field.dataset.field))
    .map((field) => [field.dataset.field, value(field)])
    .filter(([, json]) => json !== null);
  return `{${pairs.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(",")}}`;
}

/** Fills the form with values by name. */
export function fill(form, values) {
  for (const field of fieldsOf(form)) {
    const input = field.querySelector("input:not([type=checkbox]), select, textarea");
    if (input !== null && field.dataset.field in values) {
      input.value = values[field.dataset.field] ?? "";
    }
  }
}

/** Reads JSON whose whole numbers may be greater than JavaScript's: these stay text. */
export function exactly(text) {
  return JSON.parse(text, (_, parsed, context) =>
    typeof parsed === "number" && Number.isInteger(parsed) && !Number.isSafeInteger(parsed) && context?.source
      ? context.source
      : parsed,
  );
}

function mark(field, message) {
  const error = field.querySelector(".field-error");
  error.hidden = message === null;
  error.textContent = message ?? "";
  field.querySelectorAll("input, select, textarea").forEach((input) => {
    if (message === null) {
      input.removeAttribute("aria-invalid");
    } else {
      input.setAttribute("aria-invalid", "true");
    }
  });
}

/** Takes all errors away. */
export function clear(form, problemId) {
  fieldsOf(form).forEach((field) => mark(field, null));
  byId(problemId).hidden = true;
}

/** Shows a problem: at the fields that it names, unfolded, and in words for the rest. */
export function show(form, problemId, problem) {
  const left = [];
  let first = null;
  for (const { pointer, detail } of problem.errors ?? []) {
    const name = pointer.split("/")[1] ?? pointer;
    const field = fieldsOf(form).find((one) => one.dataset.field === name);
    if (field === undefined) {
      left.push(`${pointer} ${detail}`.trim());
      continue;
    }
    mark(field, detail);
    field.closest("details")?.setAttribute("open", "");
    first ??= field;
  }
  const words = byId(problemId);
  words.hidden = first !== null && left.length === 0;
  words.textContent = left.length > 0 ? left.join("; ") : first === null ? problem.message : "";
  first?.querySelector("input, select, textarea").focus();
}

/** Marks a field that the page itself finds wrong. */
export function refuse(form, name, message) {
  const field = fieldsOf(form).find((one) => one.dataset.field === name);
  mark(field, message);
  field.querySelector("input").focus();
}
