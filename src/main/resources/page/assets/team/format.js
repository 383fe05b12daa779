// Numbers, times and intervals as people read them.

const DIGITS = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const NOTHING = "–";

const given = (value) => value !== null && value !== undefined;

export const count = (value) => (given(value) ? DIGITS.format(value) : NOTHING);

export function decimal(value, digits = 3) {
  return given(value) ? value.toFixed(digits).replace("-", "−") : NOTHING;
}

/** As many digits as tell something, whatever the size. */
export function short(value) {
  if (!given(value)) {
    return NOTHING;
  }
  const size = Math.abs(value);
  const digits = size >= 1000 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 4;
  return Number.isInteger(value) || digits === 0 ? count(value) : decimal(value, digits);
}

export const percent = (share, digits = 1) => (given(share) ? `${decimal(100 * share, digits)} %` : NOTHING);

/** "0.63 (0.54 to 0.72)"; an end that is not known is left open. */
export function interval(value, write = decimal) {
  if (!given(value)) {
    return NOTHING;
  }
  const ends = given(value.lower) || given(value.upper);
  return ends ? `${write(value.value)} (${write(value.lower)} to ${write(value.upper)})` : write(value.value);
}

export function money(value) {
  return given(value) ? value.toLocaleString("en", { maximumFractionDigits: 2 }) : NOTHING;
}

export function seconds(value) {
  if (!given(value)) {
    return NOTHING;
  }
  if (value < 1) {
    return `${Math.round(1000 * value)} ms`;
  }
  if (value < 90) {
    return `${value < 10 ? value.toFixed(1) : Math.round(value)} s`;
  }
  if (value < 5400) {
    return `${Math.round(value / 60)} min`;
  }
  return value < 172_800 ? `${(value / 3600).toFixed(1)} h` : `${Math.round(value / 86_400)} days`;
}

export const milliseconds = (value) => (given(value) ? seconds(value / 1000) : NOTHING);

const MOMENT = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "medium" });

export const moment = (instant) => (given(instant) ? MOMENT.format(new Date(instant)) : NOTHING);

/** Between two instants; until now where the second is missing. */
export function lasted(from, to) {
  return given(from) ? seconds((new Date(to ?? Date.now()) - new Date(from)) / 1000) : NOTHING;
}

export function bytes(value) {
  const units = ["bytes", "kB", "MB", "GB"];
  let unit = 0;
  let size = value;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${unit === 0 ? size : size.toFixed(1)} ${units[unit]}`;
}

/** "GREEDY_D_OPTIMAL" as it is written in the contract, but for reading: "Greedy d optimal". */
export function words(name) {
  const text = name.replace(/([a-z])([A-Z])/g, "$1 $2").replaceAll("_", " ").toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}
