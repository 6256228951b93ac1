// Bringing in a dictionary. The pages work without this; it refuses what is too large before it travels, asks before
// something is thrown away, turns a scale round, and lets lines be chosen by keyboard.

const form = document.querySelector("[data-source-form]");
if (form) {
  const file = form.querySelector("input[type=file]");
  const note = form.querySelector("[data-too-large]");
  const largest = Number(file.dataset.largest);
  const check = () => {
    const chosen = file.files[0];
    const refused = Boolean(chosen) && chosen.size > largest;
    note.hidden = !refused;
    note.textContent = refused
      ? `${chosen.name} has ${Math.round(chosen.size / 2 ** 20)} MB; at most ${largest / 2 ** 20} MB can be brought in. Divide it into several files, or leave out its pictures.`
      : "";
    file.setAttribute("aria-invalid", String(refused));
    return !refused;
  };
  file.addEventListener("change", check);
  form.addEventListener("submit", (event) => { if (!check()) { event.preventDefault(); event.stopPropagation(); file.focus(); } });
}

document.addEventListener("submit", (event) => {
  const question = event.target.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
});

document.querySelector("[data-turn-scale]")?.addEventListener("click", () => {
  const numbers = [...document.querySelectorAll("[data-scale] input[type=number]")];
  const values = numbers.map((input) => input.value).reverse();
  numbers.forEach((input, place) => { input.value = values[place]; });
  numbers[0]?.focus();
});

// Lines of the source ---------------------------------------------------------------------------------------------

const source = () => document.getElementById("source");
const picks = () => [...document.querySelectorAll(".source-pick")];
let comeBackTo = "";

const count = () => {
  const words = document.querySelector("[data-apply]");
  const ticked = picks().filter((pick) => pick.checked).length;
  if (words) words.textContent = ticked === 1 ? "Correct 1 line" : ticked ? `Correct ${ticked} lines` : "Correct the ticked lines";
};
document.addEventListener("change", (event) => { if (event.target.matches(".source-pick")) count(); });

const goTo = (pick) => {
  pick?.focus({ preventScroll: true });
  pick?.closest(".source-line").scrollIntoView({ block: "nearest" });
};
const toNextUnplaced = () => {
  const all = [...document.querySelectorAll(".source-line")];
  const here = all.indexOf(document.activeElement.closest(".source-line"));
  const next = all.slice(here + 1).find((line) => line.matches(".source-unplaced"));
  if (next) goTo(next.querySelector(".source-pick"));
  else document.querySelector("[data-next-unplaced]")?.click();
  return Boolean(next);
};

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-next-unplaced]");
  if (!link || !event.isTrusted) return;
  const all = [...document.querySelectorAll(".source-line")];
  const next = all.find((line) => line.matches(".source-unplaced") && line.getBoundingClientRect().top > window.innerHeight * 0.6);
  if (next) { event.preventDefault(); goTo(next.querySelector(".source-pick")); }
});

document.addEventListener("keydown", (event) => {
  if (event.altKey && event.key.toLowerCase() === "n" && source()) { event.preventDefault(); toNextUnplaced(); return; }
  if (!event.target.matches(".source-pick")) return;
  const all = picks();
  const place = all.indexOf(event.target);
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const next = all[place + (event.key === "ArrowDown" ? 1 : -1)];
    if (event.shiftKey && next) { event.target.checked = true; next.checked = true; count(); }
    goTo(next);
  } else if (event.key === "Enter") {
    event.preventDefault();
    if (!all.some((pick) => pick.checked)) { event.target.checked = true; count(); }
    document.getElementById("source-what").focus();
  }
});

// After a correction the lines are new; whoever corrected goes on where they were.
document.body.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.elt.id !== "source") return;
  const first = document.querySelector(".source-pick:checked") ?? document.activeElement.closest(".source-line")?.querySelector(".source-pick");
  comeBackTo = first?.id ?? "";
});
document.body.addEventListener("htmx:afterSettle", () => {
  if (!comeBackTo) return;
  goTo(document.getElementById(comeBackTo));
  comeBackTo = "";
});
if (window.location.hash.startsWith("#line-")) goTo(document.querySelector(`${window.location.hash} .source-pick`));
