// What the service says in names, in words for people.

const REASONS = {
  NO_EMBEDDINGS: ["Nothing has been uploaded yet", "This project has no responses. As soon as the team uploads some, work begins here."],
  NO_CANDIDATES: ["There is nothing to compare yet", "The responses that were uploaded make no pair of the kind that this project asks for."],
  BUDGET_SPENT: ["The project has all the verdicts it wanted", "Its budget is spent or in other people's hands. Thank you!"],
  LEASE_LIMIT: ["You hold as many comparisons as one may", "They come back here in a moment, or open in your other tabs."],
  SELECTING: ["Choosing the next comparisons", "The model is learning from the verdicts so far. This usually takes seconds."],
  ALREADY_ANSWERED_BY_ANNOTATOR: ["You have answered all that is open", "What is left waits for other people's eyes. New comparisons will come."],
  ALL_LEASED: ["Others are on it", "Everything open is in other annotators' hands at the moment."],
  NOTHING_SELECTED: ["Nothing has been chosen yet", "The project has chosen no comparisons: its team may have to start a round, or its last round failed."],
  ALL_ANSWERED: ["All done", "Everything that was asked is answered. Thank you!"],
};

export function reason(name) {
  const [title, text] = REASONS[name] ?? ["Nothing to do right now", "The service says why only by a name: " + name];
  return { title, text };
}

export const PREFERENCES = {
  LEFT: "Left is better",
  RIGHT: "Right is better",
  TIE: "Tie",
  BOTH_BAD: "Both bad",
  SKIP: "Skipped",
};

const LATE = "The time for this comparison had run out. Your verdict is recorded";

/** What to tell of a verdict that was taken; null where all went as expected. */
export function outcome({ outcome, counted }) {
  if (outcome === "LATE") {
    return counted ? `${LATE}, and still counts.` : `${LATE}, but somebody else had answered, so it does not count.`;
  }
  if (outcome === "REVISED") {
    return "Your verdict was changed.";
  }
  return null;
}

const REFUSALS = {
  "verdict-fitted": "The model has learned from that verdict already, so it can no longer be changed. Your first answer stands.",
  "another-annotator": "That comparison was given to somebody else, so the verdict was not taken.",
  "answer-not-kept": "That verdict had arrived before; what was answered then is not known any more.",
  "lease-not-found": "That comparison is gone, perhaps with its project, so the verdict was not taken.",
};

/** What to tell of a verdict that was refused. */
export function refusal(problem) {
  return REFUSALS[problem.type] ?? `The verdict was not taken: ${problem.message}`;
}

/** What to tell where the service lets nobody go on. */
export function ending({ status, message }) {
  if (status === 404) {
    return { title: "This project is no more", text: "It was removed. Pick another one on the first page." };
  }
  if (status === 403) {
    return {
      title: "The service lets you annotate no more",
      text: `${message}. What you decided is kept in this browser. If somebody else has logged in here, load this page anew.`,
    };
  }
  return { title: "The service refuses to go on", text: message };
}

export function count(number, one, many) {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}
