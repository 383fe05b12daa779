// Runs before anything is drawn, so that no page flashes in the other colours.
(() => {
  try {
    const theme = localStorage.getItem("tiebreak.theme");
    if (theme === "light" || theme === "dark") {
      document.documentElement.dataset.theme = theme;
    }
  } catch {
    // storage is forbidden: the system's colours
  }
})();
