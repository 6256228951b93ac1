// Runs before the first paint, so that a dark page never flashes white.
const chosenTheme = (() => { try { return localStorage.getItem("prowess-theme"); } catch { return null; } })();
const systemIsDark = window.matchMedia("(prefers-color-scheme: dark)");
const applyTheme = () => {
  document.documentElement.dataset.bsTheme = chosenTheme || (systemIsDark.matches ? "dark" : "light");
};
applyTheme();
if (!chosenTheme) systemIsDark.addEventListener("change", applyTheme);
