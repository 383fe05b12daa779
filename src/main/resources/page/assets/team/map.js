// The picture of a batch: responses in a plane, coloured by reward; what is compared, drawn by what it teaches.
import { keepDrawn } from "./chart.js";
import { decimal, short } from "./format.js";

const { d3 } = globalThis;
const MARGIN = 26;

/** Between the two colours of the scale, through the ground's; the style sheet says which. */
function colour(reward, most) {
  if (reward === null || most === 0) {
    return "var(--reward-none)";
  }
  const share = Math.round(100 * Math.min(1, Math.abs(reward) / most));
  return `color-mix(in oklab, var(--reward-${reward < 0 ? "low" : "high"}) ${share}%, var(--reward-none))`;
}

function scales(points, width, height) {
  const [left, right] = d3.extent(points, (point) => point.x);
  const [low, high] = d3.extent(points, (point) => point.y);
  const units = Math.max((right - left) / (width - 2 * MARGIN), (high - low) / (height - 2 * MARGIN), 1e-12);
  return {
    x: (value) => width / 2 + (value - (left + right) / 2) / units,
    y: (value) => height / 2 - (value - (low + high) / 2) / units,
  };
}

const words = (point) =>
  `${point.responseId} · prompt ${point.promptId} · reward ${decimal(point.reward, 2)} · ${point.degree} compared`;

const edgeWords = (edge, points) =>
  `${points[edge.left].responseId} – ${points[edge.right].responseId} · gain ${short(edge.gain)} nats · P(left) ${decimal(edge.p, 2)} · ${
    edge.arm === "RANDOM" ? "drawn at random" : "chosen"
  } · ${edge.state.toLowerCase()}`;

function edges(group, map, place) {
  const most = d3.max(map.edges, (edge) => edge.gain) || 1;
  group
    .selectAll("line")
    .data([...map.edges].sort((a, b) => a.gain - b.gain))
    .join("line")
    .attr("class", (edge) => (edge.arm === "RANDOM" ? "edge edge-random" : "edge"))
    .attr("x1", (edge) => place.x(map.points[edge.left].x))
    .attr("y1", (edge) => place.y(map.points[edge.left].y))
    .attr("x2", (edge) => place.x(map.points[edge.right].x))
    .attr("y2", (edge) => place.y(map.points[edge.right].y))
    .attr("stroke-width", (edge) => 0.6 + 2.6 * (Math.max(0, edge.gain) / most))
    .attr("stroke-opacity", (edge) => 0.25 + 0.65 * (Math.max(0, edge.gain) / most))
    .append("title")
    .text((edge) => edgeWords(edge, map.points));
}

function circles(group, map, place, most) {
  group
    .selectAll("circle")
    .data([...map.points].sort((a, b) => a.degree - b.degree))
    .join("circle")
    .attr("class", (point) => (point.degree > 0 ? "point" : "point point-other"))
    .attr("cx", (point) => place.x(point.x))
    .attr("cy", (point) => place.y(point.y))
    .attr("r", (point) => (point.degree > 0 ? Math.min(9, 4 + Math.sqrt(point.degree)) : 3))
    .style("fill", (point) => colour(point.reward, most))
    .append("title")
    .text(words);
}

function draw(plot, map) {
  const width = plot.clientWidth;
  const height = Math.round(Math.min(560, Math.max(320, 0.62 * width)));
  d3.select(plot).selectAll("svg").remove();
  const svg = d3
    .select(plot)
    .append("svg")
    .attr("class", "chart map")
    .attr("role", "img")
    .attr("aria-label", `${map.edges.length} comparisons of batch ${map.number} among ${map.points.length} responses; the table below has the comparisons`)
    .attr("width", width)
    .attr("height", height)
    .attr("viewBox", `0 0 ${width} ${height}`);
  const inner = svg.append("g");
  const place = scales(map.points, width, height);
  const most = d3.max(map.points, (point) => Math.abs(point.reward ?? 0)) ?? 0;
  edges(inner.append("g"), map, place);
  circles(inner.append("g"), map, place, most);
  svg.append("text").attr("class", "axis-label").attr("x", width - 8).attr("y", height - 8).attr("text-anchor", "end").text(`${map.xAxis} →`);
  svg.append("text").attr("class", "axis-label").attr("transform", `translate(16 ${height - 8}) rotate(-90)`).text(`${map.yAxis} →`);
  const zoom = d3
    .zoom()
    .scaleExtent([1, 12])
    .translateExtent([[0, 0], [width, height]])
    .filter((event) => event.type !== "wheel" || event.ctrlKey)
    .on("zoom", ({ transform }) => inner.attr("transform", transform));
  svg.call(zoom);
}

export const drawMap = (plot, map) => keepDrawn(plot, map, draw);

/** The greatest reward by magnitude, for the legend's ends. */
export const rewardRange = (map) => d3.max(map.points, (point) => Math.abs(point.reward ?? 0)) ?? 0;
