// The editor of a draft: focus after a change, keys inside rows, one save before handing in, nothing saved over a clash.

const byId = (id) => document.getElementById(id);
let typed = 0; // counts what was typed
let saved = 0; // as far as it is stored
let handingIn = false;
const unsaved = () => typed !== saved;

window.addEventListener("load", () => {
  if (!window.Idiomorph) return;
  window.Idiomorph.defaults.ignoreActiveValue = true; // what is being typed is newer than what comes back
  window.Idiomorph.defaults.callbacks.beforeAttributeUpdated = (name, node) => !(name === "open" && node.matches("details"));
});

document.body.addEventListener("draft-focus", (event) => {
  let target = byId(event.detail.id);
  if (target?.disabled) target = target.parentElement.querySelector("button:not(:disabled)");
  target?.focus();
  target?.closest(".sheet-row")?.scrollIntoView({ block: "nearest" });
});

// While two versions of a text wait for a choice, typing is not saved by itself.
document.body.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.elt.id === "draft-autosave" && byId("settle-clash")) event.preventDefault();
});
document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target?.id === "draft-clash") byId("draft-clash-title")?.focus();
});

document.addEventListener("input", (event) => {
  if (event.target.closest("#sheet") && !event.target.matches("[data-pasted]")) typed += 1;
});
// What is typed while a save is under way is not in it: each request remembers how far it goes.
document.body.addEventListener("htmx:beforeSend", (event) => { event.detail.xhr.typed = typed; });
document.body.addEventListener("htmx:afterRequest", (event) => {
  const { xhr, requestConfig } = event.detail;
  if (!requestConfig.path.endsWith("/save")) return;
  if (xhr.status === 200) saved = Math.max(saved, xhr.typed);
  else handingIn = false;
});
document.body.addEventListener("draft-saved", () => {
  if (!handingIn || unsaved()) return;
  handingIn = false;
  byId("submit-draft").requestSubmit();
});

// A list that was taken over is taken out of its box.
document.body.addEventListener("htmx:afterRequest", (event) => {
  const button = event.detail.elt;
  if (event.detail.xhr.status !== 200 || !button.value?.startsWith("paste:")) return;
  const box = byId(button.id.replace(/^take-/, "paste-"));
  if (!box) return;
  box.value = "";
  box.closest("details").open = false;
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.confirm && !window.confirm(form.dataset.confirm)) event.preventDefault();
  if (!form.matches("[data-draft-submit]")) return;
  if (unsaved()) {
    event.preventDefault();
    handingIn = true;
    byId("sheet-save").click();
    return;
  }
  form.elements.revision.value = byId("draft-revision").value;
});

// An indicator that gets another level or polarity moves to its group.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-regroups]")) byId("sheet-save").click();
});

document.addEventListener("keydown", (event) => {
  const row = event.target.closest("[data-row]");
  if (!row) {
    if (event.key === "Enter" && event.target.matches("#sheet input[type=text]")) event.preventDefault();
    return;
  }
  const press = (verb) => { byId(`${verb}-${row.id}`)?.click(); event.preventDefault(); };
  if (event.altKey && event.key === "ArrowUp") press("up");
  else if (event.altKey && event.key === "ArrowDown") press("down");
  else if (event.ctrlKey && event.key === "Enter") press("after");
  else if (event.key === "Enter" && event.target.matches("input[type=text]")) event.preventDefault();
});

window.addEventListener("beforeunload", (event) => {
  if (unsaved()) event.preventDefault();
});
