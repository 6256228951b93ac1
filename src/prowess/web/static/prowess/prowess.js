// Behaviour that every page shares. Pages work without it; it makes them quicker and kinder.

document.addEventListener("click", (event) => {
  const themeSwitch = event.target.closest("[data-theme-switch]");
  if (themeSwitch) {
    const theme = document.documentElement.dataset.bsTheme === "dark" ? "light" : "dark";
    document.documentElement.dataset.bsTheme = theme;
    try { localStorage.setItem("prowess-theme", theme); } catch { /* private window: the choice lasts for this page */ }
  }
  if (event.target.closest("[data-print]")) window.print();
});

// A form that takes a moment says so, and is not sent twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-busy]") || event.defaultPrevented) return;
  const button = form.querySelector("[type=submit], button:not([type])");
  if (!button) return;
  button.setAttribute("aria-disabled", "true");
  button.classList.add("btn-loading");
  const note = form.querySelector("[data-busy-note]");
  if (note) note.hidden = false;
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll(".btn-loading").forEach((button) => {
    button.classList.remove("btn-loading");
    button.removeAttribute("aria-disabled");
  });
});

// htmx swaps only successful answers by default; a refusal has something to say as well.
document.body.addEventListener("htmx:beforeSwap", (event) => {
  const status = event.detail.xhr.status;
  if (status === 400 || status === 403 || status === 404 || status === 409 || status === 503) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
    if (!event.detail.xhr.getResponseHeader("HX-Retarget")) {
      event.detail.target = document.getElementById("messages");
      event.detail.swapOverride = "innerHTML";
    }
  }
});
for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.body.addEventListener(failure, () => {
    document.getElementById("messages").innerHTML =
      '<div class="alert alert-danger" role="alert">The server did not answer as expected. Your last change may not have been saved; reload the page to see.</div>';
  });
}
