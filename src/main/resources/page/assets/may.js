// What this person is offered, as the service wrote it into the page: what they may not do is not asked for either.

const offered = (document.body.dataset.may ?? "").split(" ");

/** Whether they may ANNOTATE, WATCH, OBSERVE, TRAIN or ADMINISTER. */
export function may(what) {
  return offered.includes(what);
}
