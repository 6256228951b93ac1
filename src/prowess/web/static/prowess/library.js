// The library's pages: moving between the search box and what it found, and folding levels on a small screen.

const words = document.querySelector("[data-search-words]");
const found = () => [...document.querySelectorAll("#framework-content .competency-title")];

const clear = () => {
  words.value = "";
  words.dispatchEvent(new Event("input", { bubbles: true }));
};

const step = (from, by) => {
  const links = found();
  const next = links.indexOf(from) + by;
  if (next < 0) words.focus();
  else links[next]?.focus();
};

document.addEventListener("keydown", (event) => {
  if (!words || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const inResults = event.target.matches("#framework-content .competency-title");
  if (!inResults && event.target !== words) return;
  if (event.key === "ArrowDown") step(inResults ? event.target : null, 1);
  else if (event.key === "ArrowUp" && inResults) step(event.target, -1);
  else if (event.key === "Escape") { words.focus(); if (words.value) clear(); }
  else return;
  event.preventDefault();
});

// On a narrow screen the levels are folded, one tap each; wide screens and paper show them side by side.
const levels = [...document.querySelectorAll(".levels > details")];
const narrow = window.matchMedia("(max-width: 767.98px)");
const fold = () => levels.forEach((level) => { level.open = !narrow.matches; });
if (levels.length) {
  fold();
  narrow.addEventListener("change", fold);
  window.addEventListener("beforeprint", () => levels.forEach((level) => { level.open = true; }));
  window.addEventListener("afterprint", fold);
}
