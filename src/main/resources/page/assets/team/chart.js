// Charts of lines and bars in SVG, drawn with D3, coloured by the style sheet.
import "../vendor/d3/d3.min.js";

const { d3 } = globalThis;
const HEIGHT = 236;
const MARGIN = { top: 10, right: 14, bottom: 40, left: 54 };
/** More points than this are not told apart on a screen. */
const MOST_POINTS = 300;

const drawn = new WeakMap();
const resized = new ResizeObserver((entries) => entries.forEach(({ target }) => drawn.get(target)?.draw()));

/** Draws again when the place changes its width, and now if anything is new. */
export function keepDrawn(plot, spec, draw) {
  const text = JSON.stringify(spec);
  if (drawn.get(plot)?.text === text) {
    return;
  }
  const again = () => plot.clientWidth > 0 && draw(plot, spec);
  drawn.set(plot, { text, draw: again });
  resized.observe(plot);
  again();
}

/** Every so manieth point, the last always. */
function thinned(points) {
  const step = Math.ceil(points.length / MOST_POINTS);
  return step <= 1 ? points : points.filter((_, i) => (points.length - 1 - i) % step === 0);
}

function frame(plot, spec) {
  const width = plot.clientWidth;
  d3.select(plot).selectAll("svg").remove();
  const svg = d3
    .select(plot)
    .insert("svg", ":first-child")
    .attr("class", "chart")
    .attr("role", "img")
    .attr("aria-label", spec.label)
    .attr("width", width)
    .attr("height", HEIGHT)
    .attr("viewBox", `0 0 ${width} ${HEIGHT}`);
  return { svg, width, right: width - MARGIN.right, bottom: HEIGHT - MARGIN.bottom };
}

function axes({ svg, right, bottom }, x, y, spec) {
  const across = Math.max(2, Math.floor((right - MARGIN.left) / 80));
  const xTicks = d3.axisBottom(x).ticks(across).tickSizeOuter(0);
  if (spec.x.ticks) {
    xTicks.tickValues(spec.x.ticks.filter((_, i, all) => (all.length - 1 - i) % Math.ceil(all.length / across) === 0));
  }
  if (spec.x.format) {
    xTicks.tickFormat(spec.x.format);
  }
  const yTicks = d3.axisLeft(y).ticks(5).tickSize(MARGIN.left - right).tickPadding(8);
  if (spec.y.format) {
    yTicks.tickFormat(spec.y.format);
  }
  svg.append("g").attr("class", "axis axis-y").attr("transform", `translate(${MARGIN.left},0)`).call(yTicks);
  svg.append("g").attr("class", "axis axis-x").attr("transform", `translate(0,${bottom})`).call(xTicks);
  svg.append("text").attr("class", "axis-label").attr("x", right).attr("y", HEIGHT - 3).attr("text-anchor", "end").text(spec.x.label);
}

function extent(values, fallback) {
  const [low, high] = d3.extent(values.filter((value) => value !== null && value !== undefined));
  return low === undefined ? fallback : low === high ? [low - 0.5, high + 0.5] : [low, high];
}

function references(svg, spec, y, right) {
  for (const { value, label } of spec.y.references ?? []) {
    const height = y(value);
    svg.append("line").attr("class", "reference").attr("x1", MARGIN.left).attr("x2", right).attr("y1", height).attr("y2", height);
    svg.append("text").attr("class", "reference-label").attr("x", right).attr("y", height - 4).attr("text-anchor", "end").text(label);
  }
}

function line(svg, series, x, y) {
  const points = thinned(series.points);
  const group = svg.append("g").attr("class", `series series-${series.tone}${series.dashed ? " dashed" : ""}`);
  if (points.some((point) => point.lower !== undefined && point.lower !== null)) {
    group
      .append("path")
      .attr("class", "band")
      .attr("d", d3.area().defined((p) => (p.lower ?? null) !== null && p.upper !== null).x((p) => x(p.x)).y0((p) => y(p.lower)).y1((p) => y(p.upper))(points));
  }
  const shown = points.filter((point) => point.y !== null);
  group.append("path").attr("class", "line").attr("d", d3.line().x((p) => x(p.x)).y((p) => y(p.y))(shown));
  if (shown.length <= 60) {
    group.selectAll("circle").data(shown).join("circle").attr("cx", (p) => x(p.x)).attr("cy", (p) => y(p.y)).attr("r", shown.length <= 25 ? 3 : 2);
  }
}

/** What is under the pointer, in words beside it. */
function hover(plot, { svg, right, bottom }, nearest) {
  let note = plot.querySelector(".chart-note");
  if (note === null) {
    note = document.createElement("div");
    note.className = "chart-note";
    note.setAttribute("aria-hidden", "true");
    plot.append(note);
  }
  note.hidden = true;
  const guide = svg.append("line").attr("class", "guide").attr("y1", MARGIN.top).attr("y2", bottom).attr("visibility", "hidden");
  svg.on("pointermove", (event) => {
    const [across] = d3.pointer(event);
    const found = nearest(across);
    if (found === null) {
      return;
    }
    guide.attr("x1", found.at).attr("x2", found.at).attr("visibility", "visible");
    note.replaceChildren(...found.lines.map((text) => Object.assign(document.createElement("div"), { textContent: text })));
    note.hidden = false;
    note.classList.toggle("to-left", found.at > right / 2);
    note.style.left = `${found.at}px`;
  });
  svg.on("pointerleave", () => {
    guide.attr("visibility", "hidden");
    note.hidden = true;
  });
}

function drawLines(plot, spec) {
  const place = frame(plot, spec);
  const all = spec.series.flatMap((series) => series.points);
  const x = d3.scaleLinear(extent(all.map((p) => p.x), [0, 1]), [MARGIN.left, place.right]);
  const heights = all.flatMap((p) => [p.y, p.lower, p.upper]).concat((spec.y.references ?? []).map((r) => r.value));
  const y = d3.scaleLinear(extent(heights, [0, 1]), [place.bottom, MARGIN.top]).nice(5);
  axes(place, x, y, spec);
  references(place.svg, spec, y, place.right);
  spec.series.forEach((series) => line(place.svg, series, x, y));
  hover(plot, place, (across) => {
    const wanted = x.invert(across);
    const at = d3.least(all, (p) => Math.abs(p.x - wanted));
    if (at === undefined) {
      return null;
    }
    const notes = spec.series.flatMap((series) => {
      const point = d3.least(series.points.filter((p) => p.y !== null), (p) => Math.abs(p.x - at.x));
      return point === undefined ? [] : [`${series.name}: ${point.note}`];
    });
    return { at: x(at.x), lines: notes };
  });
}

function drawBars(plot, spec) {
  const place = frame(plot, spec);
  const names = spec.bars.map((bar) => bar.name);
  const x = d3.scaleBand(names, [MARGIN.left, place.right]).padding(0.2);
  const y = d3.scaleLinear([0, Math.max(1, d3.max(spec.bars, (bar) => bar.value))], [place.bottom, MARGIN.top]).nice(5);
  axes(place, x, y, { ...spec, x: { ...spec.x, ticks: names } });
  place.svg
    .append("g")
    .attr("class", "series series-1")
    .selectAll("rect")
    .data(spec.bars)
    .join("rect")
    .attr("class", "bar")
    .attr("x", (bar) => x(bar.name))
    .attr("width", x.bandwidth())
    .attr("y", (bar) => y(bar.value))
    .attr("height", (bar) => place.bottom - y(bar.value))
    .attr("rx", 2);
  hover(plot, place, (across) => {
    const bar = d3.least(spec.bars, (one) => Math.abs(x(one.name) + x.bandwidth() / 2 - across));
    return { at: x(bar.name) + x.bandwidth() / 2, lines: [bar.note] };
  });
}

/**
 * Lines: {label, x: {label, format}, y: {format, references: [{value, label}]}, series: [{name, tone, dashed,
 * points: [{x, y, lower, upper, note}]}]}.
 */
export const lines = (plot, spec) => keepDrawn(plot, spec, drawLines);

/** Bars: {label, x: {label}, y: {format}, bars: [{name, value, note}]}. */
export const bars = (plot, spec) => keepDrawn(plot, spec, drawBars);
