// The SPARQL page works without this. With it, the answer appears in place, a long query can be stopped, and Ctrl+Enter asks.
"use strict";

(() => {
  const form = document.querySelector("form.sparql");
  const text = form?.elements.namedItem("query");
  if (!form || !text) return;
  const longest = 6000; // characters of an address that every server takes; longer queries are sent by POST
  let running = null;

  const stop = document.createElement("button");
  stop.type = "button";
  stop.textContent = "Arrêter";
  stop.hidden = true;
  stop.addEventListener("click", () => running?.abort());
  const clock = document.createElement("span"); // for the eye: a reader of the screen would hear each tenth of a second
  clock.className = "dim";
  clock.setAttribute("aria-hidden", "true");
  const outcome = document.createElement("span");
  outcome.className = "dim";
  outcome.setAttribute("role", "status");
  if (matchMedia("(hover: hover)").matches) outcome.textContent = "Ctrl + Entrée pose la question"; // where there is a keyboard
  form.querySelector(".controls").append(stop, clock, outcome);

  async function ask(action, fields) {
    running?.abort();
    const mine = (running = new AbortController());
    const started = performance.now();
    const seconds = () => ((performance.now() - started) / 1000).toLocaleString("fr", { maximumFractionDigits: 1, minimumFractionDigits: 1 });
    const tick = setInterval(() => { clock.textContent = `${seconds()} s`; }, 100);
    const asked = text.value;
    outcome.textContent = "";
    stop.hidden = false;
    try {
      const address = `${action}?${fields}`;
      const isLong = address.length > longest;
      const headers = { Accept: "text/html" };
      const response = await fetch(isLong ? action : address, isLong ? { method: "POST", body: fields, headers, signal: mine.signal } : { headers, signal: mine.signal });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      if (mine !== running) return;
      if (page.getElementById("page.resultat")) show(page, asked);
      else nothing(page.querySelector("main .lead")?.textContent ?? `le serveur répond ${response.status}`);
      clock.textContent = `${seconds()} s`;
      history.pushState(null, "", isLong ? action : address);
    } catch (error) {
      if (mine !== running) return;
      clock.textContent = "";
      nothing(error.name === "AbortError" ? "arrêtée" : "le serveur ne répond pas");
      text.focus();
    } finally {
      clearInterval(tick);
      if (mine === running) {
        running = null;
        stop.hidden = true;
      }
    }
  }

  // Says why there is no result; the one before is none of this query.
  function nothing(why) {
    document.getElementById("page.resultat").replaceChildren();
    outcome.textContent = why;
  }

  // Shows an answer. What was typed while it was on its way stays.
  function show(page, asked) {
    for (const id of ["page.resultat", "page.exemples"]) {
      const made = page.getElementById(id);
      if (made) document.getElementById(id).replaceWith(made);
    }
    const query = page.getElementById("page.texte");
    if (query && text.value === asked) text.value = query.value;
    const result = document.getElementById("page.resultat");
    const place = result.querySelector("[data-line]");
    if (place) select(Number(place.dataset.line), Number(place.dataset.column));
    else result.focus({ preventScroll: false });
  }

  // Puts the cursor where the query is wrong.
  function select(line, column) {
    const lines = text.value.split("\n");
    const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
    text.focus();
    text.setSelectionRange(start, Math.min(start + 1, text.value.length));
  }

  document.addEventListener("submit", (event) => {
    const asked = event.target;
    const fields = new URLSearchParams(new FormData(asked));
    if (fields.get("format") && fields.get("format") !== "html") return; // a file: the browser fetches it
    fields.delete("format");
    event.preventDefault();
    ask(asked.action.replace(/[?#].*$/, ""), fields);
  });

  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    }
  });

  window.addEventListener("popstate", () => location.reload());
})();
