// What every page has: the switch of colours, and word of a session that has ended.
import { session, token } from "./http.js";
import { keep, kept } from "./storage.js";

const THEMES = {
  system: { next: "light", sign: "◐", label: "Colours: like the system" },
  light: { next: "dark", sign: "☀", label: "Colours: light" },
  dark: { next: "system", sign: "☾", label: "Colours: dark" },
};

function showTheme(button, theme) {
  if (theme === "system") {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = theme;
  }
  button.textContent = THEMES[theme].sign;
  button.setAttribute("aria-label", THEMES[theme].label);
  button.title = THEMES[theme].label;
}

const button = document.getElementById("theme-switch");
const known = kept("tiebreak.theme");
let theme = known !== null && known in THEMES ? known : "system";
showTheme(button, theme);
button.addEventListener("click", () => {
  theme = THEMES[theme].next;
  keep("tiebreak.theme", theme);
  showTheme(button, theme);
});

// the page may be older than the session: somebody may have logged in again meanwhile
document.querySelector("form[action='/logout']")?.addEventListener("submit", ({ target }) => {
  target.elements._csrf.value = token() ?? target.elements._csrf.value;
});

// an address of their own, so that nothing on the page is lost unless somebody goes there
const sessionEnded = document.getElementById("session-ended");
session.addEventListener("ended", () => {
  const link = document.createElement("a");
  link.className = "button";
  link.id = "log-in-again";
  link.href = `/login?from=${encodeURIComponent(location.pathname + location.search + location.hash)}`;
  link.textContent = "Log in again";
  sessionEnded.replaceChildren(sessionEnded.dataset.words, link);
});
session.addEventListener("known", () => sessionEnded.replaceChildren());
