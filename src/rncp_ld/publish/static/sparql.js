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
  const clock = document.createElement("span");
  clock.className = "dim";
  clock.setAttribute("role", "status");
  form.querySelector(".controls").append(stop, clock);

  async function ask(action, fields) {
    running?.abort();
    const mine = (running = new AbortController());
    const started = performance.now();
    const seconds = () => ((performance.now() - started) / 1000).toLocaleString("fr", { maximumFractionDigits: 1, minimumFractionDigits: 1 });
    const tick = setInterval(() => { clock.textContent = `${seconds()} s`; }, 100);
    stop.hidden = false;
    try {
      const address = `${action}?${fields}`;
      const isLong = address.length > longest;
      const headers = { Accept: "text/html" };
      const response = await fetch(isLong ? action : address, isLong ? { method: "POST", body: fields, headers, signal: mine.signal } : { headers, signal: mine.signal });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      if (mine !== running) return;
      show(page);
      clock.textContent = `${seconds()} s`;
      if (!isLong) history.pushState(null, "", address);
    } catch (error) {
      if (mine !== running) return;
      clock.textContent = error.name === "AbortError" ? "arrêtée" : "le serveur ne répond pas";
    } finally {
      clearInterval(tick);
      if (mine === running) {
        running = null;
        stop.hidden = true;
      }
    }
  }

  function show(page) {
    for (const id of ["page.resultat", "page.exemples"]) {
      const made = page.getElementById(id);
      if (made) document.getElementById(id).replaceWith(made);
    }
    const query = page.getElementById("page.texte");
    if (query) text.value = query.value;
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
