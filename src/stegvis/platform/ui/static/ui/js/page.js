// Small comforts. Every page works without this file.

// "/" moves to the search field, unless one is writing.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  const at = document.activeElement;
  if (at && (at.isContentEditable || /^(input|textarea|select)$/i.test(at.tagName))) return;
  const search = document.querySelector("[data-search]");
  if (!search) return;
  event.preventDefault();
  search.focus();
});

// A link with a letter of its own opens by it, unless one is writing.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
  const at = document.activeElement;
  if (at && (at.isContentEditable || /^(input|textarea|select)$/i.test(at.tagName))) return;
  const link = document.querySelector(`a[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!link) return;
  event.preventDefault();
  link.click();
});

// A form is sent once. The server refuses the second as well; this spares the wait.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (form.method !== "post") return;
  form.dataset.sent = "1";
  for (const button of form.querySelectorAll("button[type=submit]")) {
    button.setAttribute("aria-disabled", "true");
  }
});

// Coming back by the browser's button: the form may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("button[aria-disabled]")) {
      button.removeAttribute("aria-disabled");
    }
  }
});

// An open menu closes with Escape or a press outside it.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.me[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.me[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// J and K walk the rows of a list.
document.addEventListener("keydown", (event) => {
  if (!["j", "k"].includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
  const at = document.activeElement;
  if (at && (at.isContentEditable || /^(input|textarea|select)$/i.test(at.tagName))) return;
  const links = [...document.querySelectorAll("[data-walk] a.nm")];
  if (!links.length) return;
  const next = links.indexOf(at) + (event.key === "j" ? 1 : -1);
  links[Math.min(Math.max(next, 0), links.length - 1)].focus();
});

// On a phone a picture is small: the table beside it stands open.
if (window.matchMedia("(max-width: 40rem)").matches) {
  for (const table of document.querySelectorAll("details.data")) table.open = true;
}

// A road wider than the page opens at today, which stands last.
for (const road of document.querySelectorAll(".scroll.road")) {
  const way = getComputedStyle(road).direction === "rtl" ? -1 : 1;
  road.scrollLeft = way * road.scrollWidth;
}

// On a narrow screen a row of tabs or places is wider than the screen: the open one is in sight.
for (const row of document.querySelectorAll(".tabs, .about-person .under, .rail nav > ul")) {
  const open = row.querySelector("[aria-current]");
  if (!open || row.scrollWidth <= row.clientWidth) continue;
  const at = open.getBoundingClientRect();
  const within = row.getBoundingClientRect();
  row.scrollLeft += at.left + at.width / 2 - (within.left + within.width / 2);
}
