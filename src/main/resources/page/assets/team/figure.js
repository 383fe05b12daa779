// A figure: what it shows in words, the chart, the same as a table, and the call that gives it.
import { apiLink, h, table } from "./dom.js";

/**
 * Fills a figure element; gives its plot and a function that shows data. Options: title, note, legend (a list of
 * {name, tone, dashed}), api (a path), columns of the table.
 */
export function figure(element, { title, note = null, api, columns }) {
  const plot = h("div", { class: "plot" });
  const legend = h("ul", { class: "legend" });
  const empty = h("p", { class: "figure-empty muted", hidden: true });
  const link = apiLink(api);
  let rows = [];
  const body = h("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": `${title}, as a table` });
  const details = h("details", { class: "as-table" }, h("summary", {}, "As a table"), body);
  const fill = () => details.open && body.replaceChildren(table(title, columns, rows));
  details.addEventListener("toggle", fill);
  element.replaceChildren(
    h("figcaption", {}, h("h3", {}, title), note === null ? null : h("p", { class: "muted small" }, note)),
    legend,
    plot,
    empty,
    h("div", { class: "figure-foot" }, details, link),
  );
  return {
    plot,
    /** Shows the drawing, or words where there is nothing to draw yet. */
    show({ nothing = null, entries = [], data, path = api, draw }) {
      rows = data;
      fill();
      link.href = path;
      link.textContent = `GET ${path}`;
      empty.hidden = nothing === null;
      empty.textContent = nothing ?? "";
      plot.hidden = nothing !== null;
      details.hidden = nothing !== null;
      legend.replaceChildren(
        ...(nothing === null ? entries : []).map(({ name, tone, dashed }) =>
          h("li", { class: `swatch series-${tone}${dashed ? " dashed" : ""}` }, name),
        ),
      );
      if (nothing === null) {
        draw(plot);
      }
    },
  };
}
