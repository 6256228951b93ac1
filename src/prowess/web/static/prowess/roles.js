// The editor of a role profile: the value beside a slider, a question before a draft is thrown away, focus kept.

document.addEventListener("input", (event) => {
  const shows = event.target.dataset && event.target.dataset.shows;
  if (shows) document.getElementById(shows).textContent = `${event.target.value} %`;
});

document.addEventListener("submit", (event) => {
  const question = event.target.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
});

// The board is morphed, not replaced: focus stays, and what the reader has opened stays open.
window.addEventListener("load", () => {
  if (!window.Idiomorph) return;
  window.Idiomorph.defaults.callbacks.beforeAttributeUpdated = (name, node) => !(name === "open" && node.matches("details"));
});
document.body.addEventListener("htmx:afterSwap", () => {
  const refusal = document.querySelector("#refusal .card");
  if (refusal) (document.getElementById("swap-refused") || document.getElementById("refusal")).focus();
});
