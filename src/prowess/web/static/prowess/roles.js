// The editor of a role profile: the value beside a slider, a question before a draft is thrown away, focus kept.

document.addEventListener("input", (event) => {
  const shows = event.target.dataset && event.target.dataset.shows;
  if (shows) document.getElementById(shows).textContent = `${event.target.value} %`;
});

document.addEventListener("submit", (event) => {
  const question = event.target.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
});

// What was open and what had the focus stays so when the board is drawn anew.
let openDetails = [];
document.body.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id !== "board") return;
  openDetails = [...document.querySelectorAll("#board details")].filter((d) => d.open).map(nameOf);
});
document.body.addEventListener("htmx:afterSwap", () => {
  for (const details of document.querySelectorAll("#board details")) {
    if (openDetails.includes(nameOf(details))) details.open = true;
  }
  const refusal = document.querySelector("#refusal .card");
  if (refusal) (document.getElementById("swap-refused") || document.getElementById("refusal")).focus();
});

function nameOf(details) {
  const article = details.closest("[aria-labelledby]");
  return `${article ? article.getAttribute("aria-labelledby") : ""}/${details.querySelector("summary").className}`;
}
