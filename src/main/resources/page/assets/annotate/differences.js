// Marks the words in which two texts differ, over the text as it is drawn: no element is changed.
import "../vendor/diff/diff.min.js";

const WORD = /[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu;
/** The time grows with its square, and keys wait meanwhile. */
const MOST_EDITS = 1_200;

/** Whether this browser can mark ranges. */
export const available = "highlights" in CSS;

function words(root) {
  const found = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    for (const match of node.data.matchAll(WORD)) {
      found.push({ text: match[0], node, start: match.index, end: match.index + match[0].length });
    }
  }
  return found;
}

/** One range for words that follow each other in one node. */
function ranges(run) {
  const joined = [];
  for (const word of run) {
    const last = joined.at(-1);
    if (last !== undefined && last.startContainer === word.node) {
      last.setEnd(word.node, word.end);
    } else {
      const range = new Range();
      range.setStart(word.node, word.start);
      range.setEnd(word.node, word.end);
      joined.push(range);
    }
  }
  return joined;
}

export function clear() {
  CSS.highlights?.delete("difference");
}

/** Marks what only one of the two has; gives the number of places, or null where they have too little in common. */
export function mark(left, right) {
  clear();
  const leftWords = words(left);
  const rightWords = words(right);
  const texts = (list) => list.map((word) => word.text);
  const changes = globalThis.Diff.diffArrays(texts(leftWords), texts(rightWords), { maxEditLength: MOST_EDITS });
  if (changes === undefined) {
    return null;
  }
  const highlight = new Highlight();
  let leftAt = 0;
  let rightAt = 0;
  let places = 0;
  for (const { count, added, removed } of changes) {
    const run = added ? rightWords.slice(rightAt, rightAt + count) : leftWords.slice(leftAt, leftAt + count);
    if (added || removed) {
      places += 1;
      ranges(run).forEach((range) => highlight.add(range));
    }
    leftAt += added ? 0 : count;
    rightAt += removed ? 0 : count;
  }
  CSS.highlights.set("difference", highlight);
  return places;
}
