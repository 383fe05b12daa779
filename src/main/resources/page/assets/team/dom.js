// Elements in few words. Text is only ever set as text, never as markup.

/** An element; attributes that are null or false are left out, functions are listeners by the event's name. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      element.addEventListener(name, value);
    } else if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

export const byId = (id) => document.getElementById(id);

/** Replaces what an element holds, unless it is the same text already: readers of screens hear of changes alone. */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** Does work that a button asked for: it cannot be pressed meanwhile, and keeps the focus that it had. */
export async function busy(button, work) {
  const focused = document.activeElement === button;
  button.disabled = true;
  try {
    await work();
  } finally {
    button.disabled = false;
    if (focused && (document.activeElement === document.body || document.activeElement === null)) {
      button.focus();
    }
  }
}

/** Moves the focus to a heading whose content somebody has asked for. */
export function lead(heading) {
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  heading.scrollIntoView({ block: "nearest" });
}

/** Replaces what a list holds; who is at one of its controls stays there, or goes to where `otherwise` is. */
export function replaceKeeping(list, children, otherwise) {
  const active = document.activeElement;
  const at = active !== list && list.contains(active) ? active : null;
  list.replaceChildren(...children);
  if (at !== null) {
    const same = [...list.querySelectorAll("a, button")].find((one) => one.dataset.key !== undefined && one.dataset.key === at.dataset.key);
    if (same === undefined) {
      lead(otherwise);
    } else {
      same.focus({ preventScroll: true });
    }
  }
}

/** A table; cells are text or elements, columns are {label, number}. */
export function table(caption, columns, rows) {
  const kind = (column) => (column.number ? { class: "number" } : {});
  return h(
    "table",
    {},
    h("caption", { class: "visually-hidden" }, caption),
    h("thead", {}, h("tr", {}, columns.map((column) => h("th", { scope: "col", ...kind(column) }, column.label)))),
    h(
      "tbody",
      {},
      rows.map((row) => h("tr", {}, row.map((cell, i) => h("td", kind(columns[i]), cell)))),
    ),
  );
}

/** A link to the call of the API that gives what is shown. */
export function apiLink(path, method = "GET") {
  return h("a", { class: "api-link", href: path }, `${method} ${path}`);
}
