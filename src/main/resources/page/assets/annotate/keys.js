// One key, one action; not while somebody writes, nor with a modifier, nor for a key that is held down.

const DECISIONS = {
  ArrowLeft: "LEFT", 1: "LEFT", ArrowRight: "RIGHT", 2: "RIGHT", t: "TIE", b: "BOTH_BAD", s: "SKIP",
};
const SCROLLS = { ArrowUp: -0.15, ArrowDown: 0.15, PageUp: -0.9, PageDown: 0.9 };

function writes(target) {
  return target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;
}

/** Calls decide(preference, at), scroll(heights), or the action that a letter names in `letters`. */
export function listen({ decide, scroll, letters, isOn }) {
  addEventListener("keydown", (event) => {
    const { target, key } = event;
    const modified = event.ctrlKey || event.altKey || event.metaKey;
    if (event.defaultPrevented || modified || event.isComposing || document.querySelector("dialog[open]") !== null || writes(target)) {
      return;
    }
    const letter = key.length === 1 ? key.toLowerCase() : key;
    if (letter in SCROLLS && target.closest(".side-text, .prompt, .instructions") === null) {
      scroll(SCROLLS[letter]);
      event.preventDefault();
    } else if (isOn() && !event.repeat && letter in DECISIONS) {
      decide(DECISIONS[letter], event.timeStamp);
      event.preventDefault();
    } else if ((isOn() || letter === "?") && !event.repeat && Object.hasOwn(letters, letter)) {
      letters[letter]();
      event.preventDefault();
    }
  });
}
